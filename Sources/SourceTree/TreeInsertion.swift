import SourceText

extension TreeEditor {
  /// Gives a mapping a field, or another value to the one it has.
  func setting(_ field: Repair.Field, in mapping: NodeIndex) -> [Fix.Edit]? {
    if let key = key(named: field.key, in: mapping) {
      return rewriting(tree.value(ofKey: key), field.value).map { [$0] }
    }
    let style = style(of: mapping)
    guard let text = style.field(field) else { return nil }
    return adding(text, to: mapping, style).map { [$0] }
  }

  /// Adds items to the sequence below a key of a mapping.
  func appending(_ items: [[Repair.Field]], _ name: String, in mapping: NodeIndex) -> [Fix.Edit]? {
    guard let key = key(named: name, in: mapping) else { return addingKey(name, items, to: mapping) }
    let sequence = tree.target(tree.value(ofKey: key))
    switch tree.kind(sequence) {
    case .sequence: return appending(items, to: sequence, style(of: mapping))
    case .scalar: return filling(key, items, style(of: mapping)).map { [$0] }
    // A page of the API: the list has the key of the page.
    case .mapping: return self.key(named: name, in: sequence) == nil ? nil : appending(items, name, in: sequence)
    case .alias: return nil
    }
  }

  private func key(named name: String, in mapping: NodeIndex) -> NodeIndex? {
    tree.keys(mapping).first { tree.text($0) == name }
  }
}

// MARK: - A key that is not there, or has no value

extension TreeEditor {
  private func addingKey(_ name: String, _ items: [[Repair.Field]], to mapping: NodeIndex) -> [Fix.Edit]? {
    let style = style(of: mapping)
    let plain = style.withoutLayout
    guard let mappings = all(arranged(items, like: nil), plain) else { return nil }
    guard !isFlow(mapping) else {
      return style.key(name).flatMap { adding("\($0)[\(mappings.joined(separator: ", "))]", to: mapping, style) }
        .map { [$0] }
    }
    guard let key = plain.key(name), let first = tree.keys(mapping).first(where: { _ in true }) else { return nil }
    let indentation = indentation(before: start(of: first))
    let lines = mappings.map { "\(lineBreak)\(indentation)  - \($0)" }.joined()
    return adding(key.droppingBlanks + lines, to: mapping, style).map { [$0] }
  }

  /// Adds a field, already written, at the end of a mapping.
  private func adding(_ field: String, to mapping: NodeIndex, _ style: FieldStyle) -> Fix.Edit? {
    let keys = Array(tree.keys(mapping))
    guard let first = keys.first, let last = keys.last else { return nil }
    if isFlow(mapping) {
      let end = end(of: tree.value(ofKey: last))
      return Fix.Edit(between(end, end), style.comma + field)
    }
    let end = lineEnd(after: mapping)
    return Fix.Edit(between(end, end), lineBreak + indentation(before: start(of: first)) + field)
  }

  /// Writes a sequence in the place of a value that says there is none.
  private func filling(_ key: NodeIndex, _ items: [[Repair.Field]], _ style: FieldStyle) -> Fix.Edit? {
    let value = tree.value(ofKey: key)
    guard ["", "~", "null"].contains(tree.text(value)), tree.style(value) == .plain,
      let mappings = all(arranged(items, like: nil), style.withoutLayout)
    else { return nil }
    let sequence = "[\(mappings.joined(separator: ", "))]"
    if end(of: value) > start(of: value) { return Fix.Edit(tree.span(value), sequence) }
    guard let colon = tree.file.bytes[end(of: key)...].firstIndex(where: { !FieldStyle.isBlank($0) }),
      tree.file.bytes[colon] == UInt8(ascii: ":")
    else { return nil }
    return Fix.Edit(between(colon + 1, colon + 1), " " + sequence)
  }
}

// MARK: - The end of a sequence

extension TreeEditor {
  private func appending(_ items: [[Repair.Field]], to sequence: NodeIndex, _ around: FieldStyle) -> [Fix.Edit]? {
    let present = Array(tree.items(sequence))
    let example = present.last { tree.kind($0) == .mapping && tree.target($0) == $0 }
    let items = arranged(items, like: example)
    guard let last = present.last else {
      let inside = start(of: sequence) + 1..<end(of: sequence) - 1
      guard isFlow(sequence), text(inside).allSatisfy(\.isWhitespace), let mappings = all(items, around.withoutLayout)
      else { return nil }
      return [Fix.Edit(between(inside.lowerBound, inside.upperBound), mappings.joined(separator: ", "))]
    }
    return isFlow(sequence)
      ? appendingToFlow(items, after: last, present, example, around)
      : appendingLines(items, after: last, example, around)
  }

  private func appendingToFlow(
    _ items: [[Repair.Field]], after last: NodeIndex, _ present: [NodeIndex], _ example: NodeIndex?,
    _ around: FieldStyle
  ) -> [Fix.Edit]? {
    let style = example.map(style) ?? around.withoutLayout
    guard let container = present.first.map({ $0 - 1 }), let mappings = all(items, style) else { return nil }
    let comma = separator(before: last, after: present.count > 1 ? end(of: present[present.count - 2]) : nil, container)
    let text = mappings.map { comma + $0 }.joined()
    let end = end(of: last)
    // Behind an item that has a line of its own a comment may follow.
    let lineEnd = lines.end(from: end)
    let rest = tree.file.bytes[end..<lineEnd]
    guard comma.contains(where: \.isNewline),
      rest.first(where: { !FieldStyle.isBlank($0) && $0 != UInt8(ascii: ",") }) == UInt8(ascii: "#")
    else { return [Fix.Edit(between(end, end), text)] }
    let hasComma = rest.first { $0 != UInt8(ascii: " ") } == UInt8(ascii: ",")
    return [Fix.Edit(between(end, end), hasComma ? "" : ","), Fix.Edit(between(lineEnd, lineEnd), text.withoutComma)]
      .filter { !$0.text.isEmpty }
  }

  /// A comma with the blanks and line breaks that stand before the last item of a list in brackets: those after the item
  /// before it, or after the bracket. Comments between them stay where they are.
  private func separator(before last: NodeIndex, after previous: Int?, _ container: NodeIndex) -> String {
    let gap = (previous ?? start(of: container) + 1)..<start(of: last)
    if let previous, let blanks = blanks(previous..<gap.upperBound, around: ",") { return blanks }
    let line = lines.start(of: gap.upperBound)
    guard line > gap.lowerBound else { return ", " }
    let indentation = text(line..<gap.upperBound)
    return indentation.allSatisfy(\.isWhitespace) ? ",\(lineBreak)\(indentation)" : ", "
  }

  private func appendingLines(
    _ items: [[Repair.Field]], after last: NodeIndex, _ example: NodeIndex?, _ around: FieldStyle
  ) -> [Fix.Edit]? {
    guard let model = example ?? Optional(last), let prefix = itemPrefix(model).map(text) else { return nil }
    let isBlock = example.map { !isFlow($0) } ?? false
    let style = example.map(style) ?? around.withoutLayout
    let indentation = lineBreak + indentation(before: start(of: model))
    var text = ""
    for fields in items {
      let item = isBlock ? lines(fields, style, indentation) : style.mapping(fields)
      guard let item else { return nil }
      text += lineBreak + prefix + item
    }
    let end = lineEnd(after: last)
    return [Fix.Edit(between(end, end), text)]
  }

  /// The fields that are written, in the order in which an example has their keys; further ones follow.
  private func arranged(_ items: [[Repair.Field]], like example: NodeIndex?) -> [[Repair.Field]] {
    let keys = example.map { tree.keys($0).map(tree.text) }
    return items.map { fields in
      let written = fields.filter { field in
        guard case .asOthers(let alone) = field.presence else { return true }
        return keys?.contains(field.key) ?? alone
      }
      guard let keys else { return written }
      let known = keys.compactMap { key in written.first { $0.key == key } }
      return known + written.filter { !keys.contains($0.key) }
    }
  }

  private func lines(_ fields: [Repair.Field], _ style: FieldStyle, _ separator: String) -> String? {
    let lines = fields.compactMap(style.field)
    return lines.count == fields.count ? lines.joined(separator: separator) : nil
  }

  private func all(_ items: [[Repair.Field]], _ style: FieldStyle) -> [String]? {
    let mappings = items.compactMap(style.mapping)
    return mappings.count == items.count ? mappings : nil
  }
}

extension FieldStyle {
  /// The quotes alone: what holds for a mapping with other fields.
  fileprivate var withoutLayout: FieldStyle {
    var style = FieldStyle()
    style.keyQuote = keyQuote
    return style
  }
}

extension String {
  fileprivate var droppingBlanks: String { String(reversed().drop { $0 == " " }.reversed()) }
  fileprivate var withoutComma: String { first == "," ? String(dropFirst()) : self }
}
