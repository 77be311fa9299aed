import ArgumentParser
import Core
import Storage

/// The store itself.
struct StoreCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "store", abstract: "Look after the store.", subcommands: [Verify.self])

  /// Whether the store is whole.
  struct Verify: ParsableCommand {
    static let configuration = CommandConfiguration(
      abstract: "Check that the store is whole.", usage: "exuvia store verify [--dump] [<options>]")

    @Flag(help: "Print all but row numbers and times of sight, sorted, so that stores compare.")
    var dump = false

    @OptionGroup var query: QueryOptions

    func run() throws {
      let store = try query.store()
      let faults = try store.verify()
      for fault in faults where dump || query.format == .text { complain("exuvia: \(fault)") }
      if dump {
        try answer(store.dump())
      } else {
        let document: JSONValue = [
          "schema": .int(1), "store": .string(store.path),
          "faults": .array(faults.map(JSONValue.string)),
        ]
        try query.answer(json: document.indented + "\n") { _, _ in
          "\(store.path) is \(faults.isEmpty ? "whole" : "damaged")\n"
        }
      }
      if !faults.isEmpty { throw Code.store }
    }
  }
}
