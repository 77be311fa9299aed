/// Prints rows whose first column is of a width and whose others stand to the right.
func printRow(_ columns: [String], first width: Int = 14) {
  let cells = columns.enumerated().map { index, text in
    let room = String(repeating: " ", count: max(0, (index == 0 ? width : 10) - text.count))
    return index == 0 ? text + room : room + text
  }
  print(cells.joined(separator: " "))
}
