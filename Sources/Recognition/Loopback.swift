/// Whether a host, as tools write it, is reached from its own machine only.
func isLoopback(_ host: String) -> Bool {
  let bare = host.drop { $0 == "[" }.prefix { $0 != "]" && $0 != "%" }.lowercased()
  return bare == "localhost" || bare == "::1" || bare == "::ffff:127.0.0.1"
    || bare.hasPrefix("127.")
}
