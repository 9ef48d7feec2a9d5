/// A key of the settings file. The raw value is its name.
public enum SettingsKey: String, Sendable, CaseIterable {
  case failOn = "fail_on"
  case rules, exclude, quotas
  case homeLANs = "home_lans"

  /// Sentences for whoever writes settings: what the key says, and what holds without it.
  public var text: String {
    switch self {
    case .failOn:
      "The least severity of a finding that makes the run end with status 1; `never` for none. Left out, `error`."
    case .rules: "The level of each rule that is to have another one than its own, by name or code; `off` silences it."
    case .exclude:
      "Files and folders below a named directory that are left alone, as paths from the folder of this file: `*` and `?` "
        + "stay within one name, `**` is any number of folders. A file that is named itself is always linted."
    case .quotas:
      "Limits of the account that support has raised, for models that have none of their own. Left out, the provider's "
        + "usual ones."
    case .homeLANs:
      "The ranges that home routers use for their LAN, in place of the common ones: a client pool had better not meet them."
    }
  }
}
