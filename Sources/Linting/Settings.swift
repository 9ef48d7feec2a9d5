public import IPv4Space

/// What a settings file says; what it leaves out is nil or empty.
public struct Settings: Sendable {
  /// The least severity that makes the run fail.
  public internal(set) var failOn: FailureThreshold?
  /// Severities that replace those of the rules, by name.
  public internal(set) var levels: [String: LintOptions.Level] = [:]
  /// Files below named directories that are left alone; paths from the folder of the settings file.
  public internal(set) var exclude: [PathPattern] = []
  /// Numbers that replace the provider's, by the key of the quota.
  public internal(set) var quotas: [String: Int] = [:]
  /// Ranges that home routers use for their LAN, in place of the common ones.
  public internal(set) var homeLANs: [IPv4Prefix]?
}

extension LintOptions {
  /// The options for the files that the settings govern: what the options say wins.
  public func applying(_ settings: Settings) -> LintOptions {
    var options = self
    options.failOn = failOn ?? settings.failOn
    // A rule that was asked for by name runs, whatever the settings say.
    let levels = settings.levels.filter { !($0.value == .off && only?.contains($0.key) ?? false) }
    options.levels.merge(levels) { own, _ in own }
    options.quotas.merge(settings.quotas) { own, _ in own }
    options.homeLANs = settings.homeLANs ?? homeLANs
    return options
  }
}
