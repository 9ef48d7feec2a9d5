import ClientVPN
import LintRules
import Linting

/// The settings that `vpnlint init --settings` writes: every key, explained, with what holds anyway.
public enum StarterSettings {
  /// The name that the first line gives to the schema.
  public static let schemaFile = "vpnlint-settings.schema.json"

  /// The text of the file.
  public static var text: String {
    """
    # yaml-language-server: $schema=\(schemaFile)
    # The line above lets editors with the YAML language server complete, explain and check this file; it takes the schema
    # beside it, which `vpnlint schema --settings > \(schemaFile)` writes.
    #
    # Settings of vpnlint for the models in the folder of this file and below. Every key can be left out; what stands here
    # is what holds without it. Options of the command line win.

    """ + SettingsKey.allCases.map { "\n\(comment($0.text))\($0.rawValue):\(value(of: $0))\n" }.joined()
  }

  private static func value(of key: SettingsKey) -> String {
    switch key {
    case .failOn: " \(FailureThreshold.error.rawValue)"
    case .rules: "\n  # client-pool-common-home-lan: off\n  # VPN215: warning"
    case .exclude: "\n  # - \"generated/**\"\n  # - \"**/old-*\""
    case .quotas:
      Quota.allCases.compactMap { quota in
        ProviderProfile.ibm.number(of: quota).map { "\n  # \(quota.rawValue): \($0)" }
      }.joined()
    case .homeLANs: HomeLANs.common.map { "\n  - \($0)" }.joined()
    }
  }

  private static func comment(_ text: String) -> String {
    TextStyle.lines(text, room: 116).map { "# \($0)\n" }.joined()
  }
}
