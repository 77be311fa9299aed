import Checks
import Core

/// What a match stands for: of a row of words the phrases in it, since no pattern can tell where one begins and ends;
/// else the match itself.
func partsFound(in match: Match, of rule: Rule, _ text: UnsafeRawBufferPointer) -> [Match] {
  guard case .wordlist = rule.trigger else { return [match] }
  return BIP39.phrases(in: text, match.secret).map { phrase in
    Match(rule: match.rule, whole: phrase, secret: phrase, groups: match.groups, text: match.text)
  }
}
