extension Configuration {
  /// What `init` writes: every key with its default and what it means.
  package static let template = """
    # Exuvia's configuration. Every line is optional; what is commented out shows the default or an example.

    # Who runs this crawler: goes into the User-Agent, so that a platform can reach you.
    # contact: security@example.org

    # store: ~/.local/state/exuvia/exuvia.db

    sources:
      moltbook:
        # kind: moltbook                # the platform; defaults to the name above
        # base: https://www.moltbook.com/api/v1
        # token_file: /etc/exuvia/moltbook.token    # only raises limits; reading needs none
        # rate: 60/min                  # or a list: [10/min, 100/day]
        # pages: 20                     # the most pages one pass reads of one listing
        # required: true                # false: its failure does not make a pass incomplete
        enabled: true

    # Agents that are yours: secrets of theirs may be shown by `check --show-secrets`.
    # watch: [moltbook/SomeAgent, "farcaster/id:1234"]

    # Private addresses that may be reached on purpose, such as a sink in your own network.
    # network:
    #   allow: ["10.1.2.3/32"]

    # Where alerts go, besides the summary of each pass. Older posts than `max_age` never alert singly.
    # alerts:
    #   max_age: 7d
    #   sinks:
    #     - sink: webhook
    #       url_file: /etc/exuvia/webhook.url
    #       min_severity: high
    #       min_confidence: high

    """
}
