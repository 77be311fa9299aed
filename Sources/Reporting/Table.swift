/// Rows under headings, each column as wide as it needs and the terminal allows.
struct Table {
  /// One column: its heading and how wide it may be.
  struct Column {
    var title: String
    var isRight = false
    /// Columns that it keeps when the terminal is narrow.
    var least = 4
    /// Columns that it never exceeds, since names may be of any length.
    var most = 80

    init(_ title: String, right: Bool = false, least: Int = 4, most: Int = 80) {
      self.title = title
      isRight = right
      self.least = least
      self.most = most
    }
  }

  /// One text of a row.
  struct Cell {
    var text: String
    var paint: Paint?

    init(_ text: String, _ paint: Paint? = nil) {
      self.text = text
      self.paint = paint
    }
  }

  var columns: [Column]
  var rows: [[Cell]]

  /// Lines with a heading line first, no trailing spaces.
  func text(_ style: Style) -> String {
    let widths = widths(in: style.cutsTables ? style.width : .max)
    let heading = columns.map { Cell($0.title, .faint) }
    return ([heading] + rows).map { line($0, widths, style) }.joined()
  }

  private func line(_ cells: [Cell], _ widths: [Int], _ style: Style) -> String {
    var line = ""
    var space = 0
    for (index, cell) in cells.enumerated() {
      let text = cell.text.fitted(widths[index])
      let gap = widths[index] - text.columns
      let before = columns[index].isRight ? gap : 0
      if !text.isEmpty {
        line += String(repeating: " ", count: space + before) + style.painted(text, cell.paint)
        space = 0
      }
      space += (text.isEmpty ? gap : gap - before) + 2
    }
    return line + "\n"
  }

  /// The widest columns give way first, none below its least.
  private func widths(in width: Int) -> [Int] {
    var widths = columns.indices.map { index in
      // A cell's full width is of no interest past the most that its column may have.
      let cells = rows.map { $0[index].text.fitted(columns[index].most).columns }
      return max(columns[index].title.columns, cells.max() ?? 0)
    }
    while widths.reduce(2 * (widths.count - 1), +) > width {
      let candidates = widths.indices.filter { widths[$0] > columns[$0].least }
      guard let widest = candidates.max(by: { widths[$0] < widths[$1] }) else { break }
      widths[widest] -= 1
    }
    return widths
  }
}
