extension Cue {
  /// What an injection is near to when it is spoken of.
  static let signs = CueTable(
    clear(plain) + cues(telling, 3) + cues(craft, 3) + cues(hints, 2) + cues(faint, 1))
  /// The same for phishing and skills, whose pretexts speak of security too.
  static let plainSigns = CueTable(clear(plain) + cues(telling, 3) + cues(hints, 1))
  /// What tells of a mention also behind the span.
  static let afterwards = CueTable(clear(verdicts) + cues(results, 2))

  /// Who does what the span says, right before it: somebody else, or the writer.
  static let doers = CueTable(clear(first + others))
  /// A plea says "I need": of phishing only others count.
  static let otherDoers = CueTable(clear(others))
  private static let first = ["they ", "i ", "we ", "i just ", "we just "]
  private static let others = [
    "he ", "she ", "who ", "which ", "someone ", "somebody ", "people ", "agents ", "bots ",
    "models ", "attackers ", "an attacker ", "scammers ", "it ", "it just ", "they just ",
    "agents just ", "agents that ", "text that ", "texts that ", "instructions that ",
    "prompts that ", "posts that ", "comments that ", "content that ", "messages that ",
    "anything that ", "trying to ", "tried to ", "try to ", "tries to ", "attempts to ",
    "attempt to ", "attempting to ", "attempted to ", "me to ", "us to ", "them to ", "him to ",
    "her to ", "agents to ", "agent to ", "models to ", "model to ", "it to ", "llm to ",
    "llms to ", "bots to ", "bot to ", "ai to ", "how to ", "asked to ", "told to ", "refuse to ",
    "refused to ", "decided to ", "allowed to ", "able to ", "used to ", "meant to ",
  ]
  /// Ends that lead to what somebody might do.
  static let infinitives = CueTable(
    weak(["to ", "can ", "could ", "might ", "would ", "may ", "will ", "or ", "that "]))
  /// Ends that order the reader all the same.
  static let duties = CueTable(
    weak([
      "you to ", "you can ", "you may ", "you could ", "you will ", "required to ", "need to ",
      "have to ", "want to ", "instructed to ", "ordered to ", "ready to ", "task is to ",
      "goal is to ",
      "job is to ", "like to ", "sure to ", "is to ", "you that ", "must just ", "please just ",
    ]))
  /// That somebody should not, or does not.
  static let denials = CueTable(
    clear([
      "never ", "dont ", "do not ", "does not ", "doesnt ", "did not ", "didnt ", "will not ",
      "wont ",
      "cannot ", "cant ", "should not ", "shouldnt ", "must not ", "would not ", "wouldnt ",
      "could not ",
      "couldnt ", "refuse", "nobody ", "no one ", "without having to ", "instead of ",
      "rather than ",
      "avoid ", "not to ", "nunca ", "jamais ", "niemals ",
      "\u{43D}\u{438}\u{43A}\u{43E}\u{433}\u{434}\u{430}",
      "\u{7EDD}\u{4E0D}", "\u{6C38}\u{8FDC}\u{4E0D}\u{8981}", "\u{5207}\u{52FF}",
    ]))
  /// What has the reader obey a quotation.
  static let orders = CueTable(
    weak([
      "execute", "follow ", "obey ", "interpret ", "treat ", "translate ", "decode ", "reply ",
      "respond ",
      "answer ", "run ", "perform ", "comply ", "act on ", "carry out ", "apply ", "repeat after",
    ]))

  /// Words that only who warns or tells uses.
  private static let plain = [
    "prompt injection", "prompt inject", "promptinjection", "injection attack", "injection attempt",
    "injection pattern", "injection payload", "injection string", "injection vector",
    "injection signature", "injection detect", "injection defen", "injection scan",
    "injection filter",
    "injection technique", "injection via ", "injection like ", "jailbreak attempt",
    "jailbreak pattern", "attack vector", "attack surface", "attack pattern", "attack scenario",
    "threat model", "social engineering", "red flag", "watch out", "watch for", "beware", "be wary",
    "look out for", "warning sign", "if you see", "when you see", "if someone", "if somebody",
    "if anyone", "when someone", "when somebody", "someone told", "someone says", "someone said",
    "someone asks", "someone asked", "someone types", "someone posts", "someone posted",
    "someone sends", "someone tried", "told me to", "tells me to", "telling me to", "asks me to",
    "asked me to", "asking me to", "tells you to", "telling you to", "telling agents",
    "tells agents", "asking you to", "asking agents", "asks agents", "agents being asked",
    "post said", "post says", "post saying", "comment said", "comment says", "comment saying",
    "message said", "message says", "message saying", "email said", "email says", "email saying",
    "site saying", "page saying", "payload was", "attackers write", "attackers say",
    "attackers use",
    "nice try", "not falling for", "fall for ", "fell for ", "is a scam", "are scams", "phishing",
    "scam alert", "scammer", "classic attack", "classic injection", "supply chain attack",
    "test payload", "malicious skill", "malicious package", "actual threat", "real threat",
    "inyecci\u{F3}n de prompt", "inje\u{E7}\u{E3}o de prompt",
    "ingenier\u{ED}a social", "engenharia social", "prompt injektion", "angreifer",
    "\u{63D0}\u{793A}\u{6CE8}\u{5165}", "\u{63D0}\u{793A}\u{8BCD}\u{6CE8}\u{5165}",
    "\u{6CE8}\u{5165}\u{653B}\u{51FB}", "\u{653B}\u{51FB}\u{8005}",
    "\u{5982}\u{679C}\u{6709}\u{4EBA}",
    "\u{9493}\u{9C7C}", "\u{8BC8}\u{9A97}", "\u{653B}\u{6483}\u{8005}",
    "\u{30D7}\u{30ED}\u{30F3}\u{30D7}\u{30C8}\u{30A4}\u{30F3}\u{30B8}\u{30A7}\u{30AF}\u{30B7}\u{30E7}\u{30F3}",
    "\u{D504}\u{B86C}\u{D504}\u{D2B8} \u{C778}\u{C81D}\u{C158}",
    "\u{43F}\u{440}\u{43E}\u{43C}\u{43F}\u{442} \u{438}\u{43D}\u{44A}\u{435}\u{43A}",
    "\u{43C}\u{43E}\u{448}\u{435}\u{43D}\u{43D}\u{438}\u{43A}",
  ]
  /// Words that mostly lead to what somebody else says or would say.
  private static let telling = [
    "that says ", "that said ", "that reads ", "asks you to ", "ask you to ", "dmed me",
    "post from ", "which says ", "the payload", "payloads", "says ",
    "for example", "for instance", "examples ", "e g ", "such as ", "what if ", "imagine a ",
    "i will not ", "i wont ", "i refuse", "i saw ", "we saw ", "ive seen ", "i noticed ",
    "false positive", "test case", "test suite", "spotted a ", "caught one", "scams ",
    "por ejemplo", "por exemplo", "zum beispiel", "par exemple", "\u{4F8B}\u{5982}",
    "\u{6BD4}\u{5982}",
    "\u{4F8B}\u{3048}\u{3070}", "\u{C608}\u{B97C} \u{B4E4}",
    "\u{43D}\u{430}\u{43F}\u{440}\u{438}\u{43C}\u{435}\u{440}",
  ]
  /// Words of the trade: they tell of a mention where an injection stands, but a pretext uses them too.
  private static let craft = [
    "attacker", "adversarial", "adversary", "malicious", "untrusted", "vulnerab", "sanitiz",
    "sanitis",
    "patterns like", "phrases like", "strings like", "things like", "signatures", "scans for",
    "scan for", "scanning for", "detects ", "blocklist", "regex", "hidden instructions",
    "embedded instructions", "injected instructions", "injected content", "honeypot",
    "defend against", "defense against", "protect against", "guard against", "protection against",
    "resistant to", "immune to", "exfiltrat", "bad actor", "tricked into", "trick agents", "hijack",
  ]
  private static let hints = [
    "attack", "injection", "jailbreak", "exploit", "detection", "pattern", "suspicious", "saying ",
    "said ", "example ", "refused", "rejected", "hypothetical", "suppose ", "tells ", "asks ",
    "wrote ",
    "\u{653B}\u{51FB}", "\u{653B}\u{6483}", "\u{ACF5}\u{ACA9}", "\u{430}\u{442}\u{430}\u{43A}",
    "ataque",
    "attaque", "angriff",
  ]
  private static let faint = [
    "security ", "threat", "defen", "guardrail", "filter", "scanner", "scan ", "blocked", "block ",
    "blocks ", "hostile", "protect", "claims ", "claimed ", "warn", "like ", "payload", "manipulat",
  ]
  /// What an attempt is called once it was quoted.
  private static let verdicts = [
    "prompt injection", "injection attack", "injection attempt", "is an injection", "is injection ",
    "is an attack", "is a scam", "is phishing", "red flag", "nice try", "what happens",
    "social engineering", "jailbreak attempt", "attempt was", "i ignored", "i declined",
    "i refused",
    "agents fold", "attacks ", "patterns ",
  ]
  /// What is asked or told about it.
  private static let results = [
    "would you ", "would i ", "most agents ", "does not work", "didnt work", "doesnt work",
    "i did not",
    "i didnt ", "refuse", "pattern ", "and similar ", "and variants", "looks like ", "payloads ",
    "should fail", "gets flagged", "get flagged", "be flagged", "gets blocked",
  ]

  private static func clear(_ words: [String]) -> [Cue] { cues(words, Speech.enough) }
  private static func weak(_ words: [String]) -> [Cue] { cues(words, 1) }
  private static func cues(_ words: [String], _ weight: Int) -> [Cue] {
    words.map { Cue($0, weight) }
  }
}
