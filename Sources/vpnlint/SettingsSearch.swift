import Linting
import SourceText

/// Finds the settings that govern each file: the nearest `.vpnlint.yaml` upwards, or the one file that the user named.
struct SettingsSearch {
  /// Where settings are taken from.
  enum Source {
    case nearest
    case file(String)
    case none
  }

  /// What holds for the files that one settings file governs.
  private struct Governor {
    let linter: Linter
    var folder: AbsolutePath?
    var exclude: [PathPattern] = []
  }

  private static let fileName = ".vpnlint.yaml"

  private let options: LintOptions
  private let isLookingUpwards: Bool
  /// The first holds where no settings are found.
  private var governors: [Governor]
  /// The governor of each folder that was asked for, by the folder's name in the arguments and by its place.
  private var byName: [String: Int] = [:]
  private var byFolder: [String: Int] = [:]
  /// What is wrong with each settings file.
  private(set) var reports: [FileReport] = []
  /// Sentences about settings files that cannot be read.
  private(set) var problems: [String] = []

  /// Searches with the options of the command line, which win over all settings.
  init(_ source: Source, _ options: LintOptions) {
    self.options = options
    governors = [Governor(linter: Linter(options))]
    switch source {
    case .nearest: isLookingUpwards = true
    case .none: isLookingUpwards = false
    case .file(let path):
      isLookingUpwards = false
      let folder = AbsolutePath.workingDirectory.flatMap { AbsolutePath(path, from: $0).parent }
      if let governor = read(path, folder) { governors = [governor] }
    }
  }

  /// The linter with the settings that govern a file; nil if they exclude it.
  mutating func linter(for input: InputFile) -> Linter? {
    let governor = governors[governor(of: input.path)]
    guard !input.isNamed, !governor.exclude.isEmpty, let folder = governor.folder, let path = input.path,
      let names = AbsolutePath.workingDirectory.flatMap({ AbsolutePath(path, from: $0).names(below: folder) }),
      governor.exclude.contains(where: { $0.matches(names) })
    else { return governor.linter }
    return nil
  }

  private mutating func governor(of path: String?) -> Int {
    guard isLookingUpwards else { return 0 }
    let name = path?.utf8.lastIndex(of: UInt8(ascii: "/")).map { path?[...$0] ?? "" } ?? ""
    if let known = byName[String(name)] { return known }
    let found = AbsolutePath.workingDirectory.map { governor(of: AbsolutePath(String(name), from: $0)) } ?? 0
    byName[String(name)] = found
    return found
  }

  private mutating func governor(of folder: AbsolutePath) -> Int {
    let path = folder.text
    if let known = byFolder[path] { return known }
    let found = settings(in: folder) ?? folder.parent.map { governor(of: $0) } ?? 0
    byFolder[path] = found
    return found
  }

  /// The governor that the settings file of the folder itself makes.
  private mutating func settings(in folder: AbsolutePath) -> Int? {
    guard let workingDirectory = AbsolutePath.workingDirectory else { return nil }
    let name = folder.relative(to: workingDirectory)
    let path = name.isEmpty || name == "/" ? name + Self.fileName : "\(name)/\(Self.fileName)"
    // A link to nothing, or a folder, is a mistake that is told, and no reason to look further up.
    guard FileStatus(path, followsLinks: false) != nil, let governor = read(path, folder) else { return nil }
    governors.append(governor)
    return governors.count - 1
  }

  private mutating func read(_ path: String, _ folder: AbsolutePath?) -> Governor? {
    switch InputFile(path).read() {
    case .failure(let problem):
      problems.append(problem.sentence)
      return nil
    case .success(let file):
      let settings = Settings.read(file)
      let linter = Linter(options.applying(settings.content))
      reports.append(linter.report(on: settings))
      return Governor(linter: linter, folder: folder, exclude: settings.content.exclude)
    }
  }
}
