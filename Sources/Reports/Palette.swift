/// The colours of pages and pictures, in light and in dark. Every tone is readable on its fill and on the paper (contrast
/// of 4.5 and more, WCAG 2.1 §1.4.3; a test works it out), and none says what a sign or a word does not.
enum Palette {
  /// A colour by its name in style sheets.
  struct Colour {
    let name, light, dark: String
  }

  static let colours = [
    Colour(name: "paper", light: "#ffffff", dark: "#0d1117"),
    Colour(name: "panel", light: "#f6f8fa", dark: "#161b22"),
    Colour(name: "ink", light: "#1b1f24", dark: "#e6edf3"),
    Colour(name: "muted", light: "#57606a", dark: "#9ea7b3"),
    Colour(name: "line", light: "#818b98", dark: "#6e7681"),
    Colour(name: "hair", light: "#d0d7de", dark: "#30363d"),
    Colour(name: "link", light: "#0550ae", dark: "#79c0ff"),
    Colour(name: "good", light: "#116329", dark: "#7ee787"),
    Colour(name: "good-fill", light: "#e6f8ea", dark: "#0f2a17"),
    Colour(name: "bad", light: "#a40e26", dark: "#ffa198"),
    Colour(name: "bad-fill", light: "#ffebe9", dark: "#3c1618"),
    Colour(name: "warn", light: "#7a4b00", dark: "#f2cc60"),
    Colour(name: "warn-fill", light: "#fff5c7", dark: "#2e2407"),
    Colour(name: "open", light: "#5a35a8", dark: "#d2b3ff"),
    Colour(name: "open-fill", light: "#f3edff", dark: "#271b3d"),
  ]

  /// The colours as variables of a style sheet: light ones, and dark ones where the screen is dark. Paper is always light.
  static let variables = """
    :root { color-scheme: light dark; \(colours.map { "--\($0.name): \($0.light);" }.joined(separator: " ")) }
    @media screen and (prefers-color-scheme: dark) {
      :root { \(colours.map { "--\($0.name): \($0.dark);" }.joined(separator: " ")) }
    }
    """

  /// A style sheet with `var(--…)` resolved, for programs that know no variables, and once more for the dark.
  static func resolved(_ style: String) -> String {
    let light = colours.reduce(style) { $0.replacing("var(--\($1.name))", with: $1.light) }
    let dark = colours.reduce(style) { $0.replacing("var(--\($1.name))", with: $1.dark) }
    return "\(light)\n@media screen and (prefers-color-scheme: dark) {\n\(dark)\n}"
  }
}

extension String {
  /// The text with each place where `old` stands replaced.
  fileprivate func replacing(_ old: String, with new: String) -> String {
    var result: [UInt8] = []
    let (bytes, pattern) = (Array(utf8), Array(old.utf8))
    var index = 0
    while index < bytes.count {
      if bytes[index...].starts(with: pattern) {
        result += new.utf8
        index += pattern.count
      } else {
        result.append(bytes[index])
        index += 1
      }
    }
    return String(decoding: result, as: UTF8.self)
  }
}
