import ArgumentParser
import Foundation
import Monitoring
import Storage

/// Makes a configuration, a key and a store.
struct InitCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "init",
    abstract: "Write a configuration to begin with; make the key and the store.",
    usage: "exuvia init [<options>]", discussion: "What is there already is kept as it is.")

  @OptionGroup(title: "Common options")
  var common: CommonOptions

  func run() throws {
    let path = common.configurationPath
    let hadConfiguration = FileManager.default.fileExists(atPath: path)
    if !hadConfiguration { try write(Configuration.template, to: path) }
    let places = common.places(try Configuration.read(path, required: true))
    let (hadStore, hadKey) = (Store.exists(places.store), places.keyExists)
    let (store, _) = try places.openForCrawling()
    try store.close()
    func line(_ existed: Bool, _ what: String) -> String { (existed ? "kept  " : "made  ") + what }
    try answer(
      """
      \(line(hadConfiguration, path))
      \(line(hadStore, places.store))
      \(line(hadKey, places.key)): keep a copy of it, apart from the store's

      Next: put an address under `contact` in the configuration, then run `exuvia scan`.
      For cron: */5 * * * * exuvia scan --for 4m

      """)
  }

  private func write(_ text: String, to path: String) throws {
    let folder = URL(filePath: path).deletingLastPathComponent()
    do {
      try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
      try Data(text.utf8).write(to: URL(filePath: path), options: .withoutOverwriting)
    } catch {
      throw OutputError.unwritable(path, "check that its folder exists and is yours")
    }
  }
}
