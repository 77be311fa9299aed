extension LookAlike {
  /// What agents say of keys without having one to say.
  static let talk = [
    "Never paste an sk-proj- or ghp_ anywhere, not even half of one.",
    "Rotate your API keys; mine start with sk-ant- and end in tears.",
    "The password is not in the repository, it is in the vault.",
    "Send me your private key and I will send you a poem.",
    "An AKIA in a log is how it begins, said the old postgres:// to the new.",
    "I keep my secrets in an environment variable called API_KEY.",
  ]

  /// Templates by what they are in truth.
  static let templates: KeyValuePairs<String, [String]> = [
    "talk": talk,
    "prefix in prose": [
      "keys that begin with `sk-ant-api03-` are Anthropic's", "grep for ghp_, gho_ and github_pat_",
      "pattern: `AKIA[0-9A-Z]{16}`", "regex: sk-[a-zA-Z0-9]{48}", "xoxb- tokens are for bots",
      "use moltbook_sk_ in the Authorization header, never in a post",
    ],
    "environment reference": references,
    "documentation address": [
      "redis://user:password@localhost:6379", "postgres://user:pass@host:5432/db",
      "mongodb://username:password@cluster.example.net/test", "https://user:password@example.com",
    ],
    "code": [
      "let tokenizer = AutoTokenizer.from_pretrained(modelNameOrPath)",
      "if (apiKeyFromConfiguration === undefined) throw new MissingApiKeyError()",
      "def get_secret_key_from_environment_or_default(name): ...",
      "password = getpass.getpass(prompt=\"password: \")",
      "secret = hashlib.sha256(seed).hexdigest()",
      "self.access_token_expiration_in_seconds = 3600", "const sk_live_mode_enabled = false",
      "token: str = Depends(oauth2_scheme_with_refresh)",
      "private_key_path: /etc/ssl/private/agent.key",
    ],
    "minified code": [
      "!function(e,t){\"object\"==typeof exports?module.exports=t():e.{base62:2}=t()}(this,function(){var n={};return n.{base62:3}=function(r){return 0x{hex:4}^r>>>13}})",
      "const a0_0x{hex:6}=['{base62:12}','{base62:16}','{base62:8}'];(function(_0x{hex:6},_0x{hex:6}){})",
    ],
    "hash": hashes,
    "commit": commits,
    "UUID": uuids,
    "transaction": transactions,
    "address": [
      "send tips to 0x{lowerhex:40}", "my wallet is 0x{hex:40}", "bc1q{bech32:38}", "1{base58:33}",
      "SOL: {base58:44}", "contract 0x{lowerhex:40} on Base", "npub1{bech32:58}",
      "mint {base58:40}pump",
    ],
    "public key": [
      "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI{base64:43} agent@box",
      "{pem:PUBLIC KEY}", "{pem:CERTIFICATE}", "{pem:RSA PUBLIC KEY}", "xpub{base58:107}",
      "age1{bech32:58}", "PublicKey = {base64:43}=", "04{lowerhex:128} is the public point",
    ],
    "IPFS": [
      "ipfs://Qm{base58:44}", "Qm{base58:44}", "bafybei{lower:52}",
      "https://ipfs.io/ipfs/Qm{base58:44}/a.png",
    ],
    "identifier": [
      "01{upperalnum:24}", "order {upperalnum:10}", "https://youtu.be/{base64url:11}",
      "arn:aws:iam::{digits:12}:role/agent", "snowflake {snowflake}",
      "msg_{base62:24} was delivered",
      "chatcmpl-{base62:29}", "req_{base62:24}",
      "https://docs.google.com/document/d/1{base64url:43}/edit",
      "https://www.figma.com/file/{base62:22}/Tide", "cus_{base62:14}", "call_{base62:24}",
      "toolu_01{base62:22}",
    ],
    "colours": ["#{hex:6}, #{hex:6} and #{hex:6}", "--tide: #{lowerhex:8}; --sand: #{lowerhex:3}"],
    "lock file": [
      "\"integrity\": \"sha512-{base64:86}==\"", "integrity sha1-{base64:27}=",
      "golang.org/x/sys v0.30.0 h1:{base64:43}=", "checksum = \"{lowerhex:64}\"",
      "    --hash=sha256:{lowerhex:64}",
      "resolved \"https://registry.example/x/-/x-1.0.tgz#{lowerhex:40}\"",
      "<script src=a.js integrity=\"sha384-{base64:64}\">", "\"etag\": \"W/\\\"{lowerhex:32}\\\"\"",
      "FROM alpine@sha256:{lowerhex:64}",
    ],
    "image": [
      "![](data:image/png;base64,iVBORw0KGgoAAAANSUhEUg{base64:600}==)",
      "data:image/jpeg;base64,/9j/4AAQSkZJRgABAQ{base64:2002}",
      "data:image/svg+xml;base64,PHN2ZyB4{base64:400}",
      "data:font/woff2;base64,d09GMgAB{base64:1200}",
    ],
    "base64 of nothing": [
      "nonce {base64:22}==", "ciphertext: {base64:342}==", "cursor={base64url:64}",
      "embedding q8 {base64:1024}",
    ],
    "broken JWT": [
      "eyJ{base64url:30}", "eyJhbGciOiJIUzI1NiJ9.{base64url:4}", "eyJ0eXAi...{base64url:6}",
      "eyJhbGciOiJIUzI1NiIsInR5cCI6IkpXVCJ9.[payload].[signature]", "eyJ.eyJ.{base64url:10}",
    ],
    "documentation key": documentation,
    "too long": [
      "ghp_{base62:60}", "AKIA{upperalnum:40}", "npm_{base62:70}", "hf_{letters:80}",
      "glpat_{base62:5}",
      "moltbook_sk{base62:60}", "dop_v1_{lowerhex:90}",
    ],
    "numbers": [
      "{digits:64}", "pi is 3.{digits:40}", "call +49 {digits:3} {digits:8}", "build {digits:14}",
      "0b{digits:4}",
    ],
    "bare random": [
      "{lowerhex:32}", "{lowerhex:64}", "{base62:32}", "{base64url:43}", "{upperalnum:20}",
    ],
    "pieces": [
      "const key = \"sk-\" + crypto.randomUUID()", "'ghp_' + 'x'.repeat(36)", "'Bearer ' + token",
      "print(\"AKIA\" + \"...\")",
      "[\"{lowerhex:8}\", \"{lowerhex:8}\", \"{lowerhex:8}\", \"{lowerhex:8}\"]",
      "three builds:\n1. {lowerhex:16}\n2. {lowerhex:16}\n3. {lowerhex:16}",
      "{lowerhex:7} fix the tide\n{lowerhex:7} docs\n{lowerhex:7} merge",
      "\"api_key\" + \"_rotation\" + \"_days\"", "part 1: sk-\npart 2: the rest is in the vault",
      "ids = ['{base62:12}', '{base62:12}', '{base62:12}']",
      "sk- is how\nthey begin, and nobody knows why",
      "f\"{prefix}-{suffix}\" + \"-proj\" + str(n)",
    ],
    "list of words": [
      "able about above absent abstract absurd, and that is six words",
      "my seed phrase is the friends we made along the way",
      "abandon all hope ye who enter here today",
    ],
  ]

  static let hashes = [
    "sha256: {lowerhex:64}", "md5 of the file is {lowerhex:32}", "SHA-1 {lowerhex:40}",
    "ETag: \"{lowerhex:32}\"", "checksum {upperhex:64} matches", "sha512-{base64:86}==",
    "SHA256:{base64:43}", "content hash b3:{lowerhex:64}", "cache key {lowerhex:32}",
    "$2b$12${base62:53}",
  ]

  static let commits = [
    "commit {lowerhex:40}", "merged as {lowerhex:7}",
    "https://github.com/acme/tide/commit/{lowerhex:40}",
    "git checkout {lowerhex:40}", "pinned to {lowerhex:12}",
    "index {lowerhex:7}..{lowerhex:7} 100644",
  ]

  static let uuids = [
    "run {uuid} is done", "post/{uuid}", "X-Request-Id: {uuid}", "agent id: {uuid}",
    "Idempotency-Key: {uuid}",
    "session {uuid} ended", "device {uuid}, build {uuid}",
  ]

  static let transactions = [
    "tx 0x{lowerhex:64}", "https://etherscan.io/tx/0x{lowerhex:64}", "txid {lowerhex:64}",
    "https://basescan.org/tx/0x{lowerhex:64} confirmed", "signature {base58:88}",
    "https://solscan.io/tx/{base58:88}", "block hash 0x{lowerhex:64}",
  ]

  static let references = [
    "OPENAI_API_KEY=$OPENAI_API_KEY", "const key = process.env.ANTHROPIC_API_KEY",
    "api_key = os.environ[\"GROQ_API_KEY\"]", "token: ${{ secrets.NPM_TOKEN }}",
    "export GITHUB_TOKEN=$(gh auth token)", "password: !vault db/agent",
    "key: op://Private/openai/credential", "Authorization: Bearer {{ token }}",
    "DATABASE_URL=postgres://agent:${DB_PASSWORD}@localhost:5432/memory",
    "curl -H \"x-api-key: $KEY\" https://api.example.org/v1/models",
  ]

  // In pieces, since whole they would trip every scanner that reads this repository.
  static let documentation = [
    ["AWS_ACCESS_KEY_ID=AKIA", "IOSFODNN7", "EXAMPLE"],
    ["aws_secret_access_key = wJalrXUtnFEMI/", "K7MDENG/", "bPxRfiCY", "EXAMPLEKEY"],
    ["stripe.api_key = 'sk_", "test_", "4eC39HqLyjWDarjtT1zdp7dc'"],
    ["bot token 123456", ":", "ABC-DEF1234ghIkl-", "zyx57W2v1u123ew11"],
    ["PRIVATE_KEY=0x", "ac0974bec39a17e36ba4a6b4d238ff94", "4bacb478cbed5efcae784d7bf4f2ff80"],
    ["mnemonic: test test test ", "test test test test test ", "test test test junk"],
    ["card 4242", " 4242 4242 4242"],
  ].map { $0.joined() }
}
