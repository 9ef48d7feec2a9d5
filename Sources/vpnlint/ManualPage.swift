import Linting

/// The manual page, vpnlint(1). Commands and options are those that are declared; the rest is written here.
enum ManualPage {
  /// The page in mdoc(7), as of a day.
  static func text(date: CivilDate) -> String {
    var page = ManualWriter()
    page.macro("Dd", date.inManualPages)
    page.macro("Dt", "VPNLINT 1")
    page.macro("Os", "vpnlint \(VPNLint.version)")
    head(&page)
    description(&page)
    commands(&page)
    options(&page)
    surroundings(&page)
    exitStatus(&page)
    examples(&page)
    seeAlso(&page)
    return page.text
  }

  private static func head(_ page: inout ManualWriter) {
    page.section("NAME")
    page.macro("Nm", "vpnlint")
    page.macro("Nd", "says which subnets VPN clients cannot reach, and why")
    page.section("SYNOPSIS")
    for command in displayed {
      page.macro("Nm", "vpnlint")
      page.macro(command.name == defaultCommand ? "Op Cm" : "Cm", ManualWriter.escaped(command.name))
      for macro in command.synopsis { page.line(macro) }
    }
  }

  private static func description(_ page: inout ManualWriter) {
    page.section("DESCRIPTION")
    page.paragraph(
      """
      `vpnlint` reads a model of a VPC, its subnets and its client VPN servers (IBM Cloud Client VPN for VPC). It works \
      out where every packet of a connected client goes and whether the answer comes back, and reports the subnets that \
      clients cannot reach and the settings that the service refuses, before anything is deployed.
      """)
    page.macro("Pp")
    page.paragraph(
      """
      A model is YAML, or JSON of the same shape; its keys are those of the IBM Cloud VPC API. `vpnlint init` prints one to \
      start from, `vpnlint schema` what keys there are. Answers of the API, dumps of a collector and what \
      `terraform show -json` prints are taken in place of a model.
      """)
    page.macro("Pp")
    page.paragraph("The report and nothing else goes to standard output; a closing line goes to standard error.")
  }

  private static func commands(_ page: inout ManualWriter) {
    page.section("COMMANDS")
    page.paragraph("Without a command, `lint` is meant.")
    page.macro("Bl", "-tag -width Ds")
    for command in displayed {
      page.macro("It Cm", ([ManualWriter.escaped(command.name)] + command.positionals).joined(separator: " "))
      page.paragraph(command.abstract)
      for paragraph in command.discussion.split(separator: "\n\n") where !paragraph.hasPrefix("Exit status:") {
        page.macro("Pp")
        page.paragraph(String(paragraph))
      }
      arguments(command, &page)
    }
    page.macro("El")
  }

  /// What stands after a command without a name of an option.
  private static func arguments(_ command: CommandDescription, _ page: inout ManualWriter) {
    let positional = command.arguments.filter(\.isPositional)
    guard !positional.isEmpty else { return }
    page.macro("Bl", "-tag -width Ds")
    for argument in positional {
      page.macro("It", "Ar \(ManualWriter.escaped(argument.value ?? ""))")
      page.paragraph(argument.abstract)
    }
    page.macro("El")
  }

  private static func options(_ page: inout ManualWriter) {
    page.section("OPTIONS")
    page.macro("Bl", "-tag -width Ds")
    for option in CommandDescription.root.options { item(option, &page) }
    page.macro("El")
    for command in displayed where !command.ownOptions.isEmpty {
      page.subsection("Options of \(command.name)")
      page.macro("Bl", "-tag -width Ds")
      for option in command.ownOptions { item(option, &page) }
      page.macro("El")
    }
  }

  private static func item(_ option: CommandDescription.Argument, _ page: inout ManualWriter) {
    let value = option.value.map { " Ar \(ManualWriter.escaped($0))" } ?? ""
    let names = option.names.map { "Fl \(ManualWriter.escaped(String($0.dropFirst())))\(value)" }
    page.macro("It", names.joined(separator: " , "))
    page.paragraph(option.abstract)
  }

  private static func surroundings(_ page: inout ManualWriter) {
    page.section("ENVIRONMENT")
    page.list([
      ("NO_COLOR", "If set and not empty, there are no colours, unless `--color always` asks for them."),
      (
        "SOURCE_DATE_EPOCH",
        """
        Seconds since 1970: the day on which suppressions and revocation lists are judged, in place of today. With it a \
        report is the same on every day.
        """
      ),
      ("GITHUB_STEP_SUMMARY", "With format `github` a summary is added to this file, as GitHub Actions shows it."),
    ])
    page.section("FILES")
    page.list([
      (
        ".vpnlint.yaml",
        """
        Settings: the least severity that fails a run, severities of rules, files to leave alone, raised quotas, home LANs. \
        The nearest one upwards from a file governs it. `vpnlint init --settings` prints one to start from.
        """
      ),
      (
        "share/vpnlint/model.schema.json",
        "The JSON Schema of the model file, for editors; below the folder that vpnlint was installed in."
      ),
      ("share/vpnlint/settings.schema.json", "That of the settings file."),
    ])
  }

  private static func exitStatus(_ page: inout ManualWriter) {
    page.section("EXIT STATUS")
    page.list([
      ("0", "Clean, or nothing at or above the threshold of `--fail-on`."),
      ("1", "Findings; a file that is not valid YAML is one."),
      ("2", "Wrong use, or a file that cannot be read or written. The other files are reported all the same."),
      ("3", "A fault of `vpnlint` itself."),
    ])
  }

  /// What the section EXAMPLES shows.
  static let examples: [(what: String, command: String)] = [
    ("Lint one model, or all below a folder:", "vpnlint infrastructure/"),
    ("Fail on warnings too, a line a finding:", "vpnlint --fail-on warning --format oneline network.yaml"),
    (
      "A page to read, and a report for code scanning, in one run:",
      "vpnlint --format html --report sarif:vpnlint.sarif network.yaml"
    ),
    ("See what the fixes would change, missing routes included:", "vpnlint --unsafe-fixes --diff network.yaml"),
    ("The routing table of a client on a Mac:", "vpnlint routes --os macos network.yaml"),
    ("Where a packet goes, and whether the answer comes back:", "vpnlint trace network.yaml 10.1.0.5:443"),
    ("What a client's real table means:", "vpnlint observe network.yaml table.txt"),
    ("What a change does to clients:", "vpnlint diff --fail-on disconnect before.yaml after.yaml"),
    ("Lint what Terraform is about to do:", "vpnlint lint plan.json"),
  ]

  private static func examples(_ page: inout ManualWriter) {
    page.section("EXAMPLES")
    for (index, example) in examples.enumerated() {
      if index > 0 { page.macro("Pp") }
      page.paragraph(example.what)
      page.macro("Dl", "$ " + ManualWriter.escaped(example.command))
    }
  }

  private static func seeAlso(_ page: inout ManualWriter) {
    page.section("SEE ALSO")
    page.paragraph("`vpnlint explain` prints the page of a rule, `vpnlint rules --format markdown` all of them.")
    page.macro("Pp")
    page.macro("Xr", "openvpn 8 ,")
    page.macro("Xr", "ip-route 8")
    page.macro("Pp")
    page.macro("Lk", "https://cloud.ibm.com/docs/vpc?topic=vpc-vpn-client-to-site-overview")
  }

  private static let defaultCommand = "lint"

  private static var displayed: [CommandDescription] { CommandDescription.root.subcommands.filter(\.isDisplayed) }
}

extension CommandDescription {
  /// Options and flags, in the order of help.
  fileprivate var options: [Argument] { arguments.filter { !$0.isPositional } }

  /// Options but those that every command has.
  fileprivate var ownOptions: [Argument] {
    let shared = Set(Self.root.options.flatMap(\.names))
    return options.filter { shared.isDisjoint(with: $0.names) }
  }

  /// Positional arguments as macros that can stand in one line.
  fileprivate var positionals: [String] {
    arguments.filter(\.isPositional).map { argument in
      let name = "Ar \(ManualWriter.escaped(argument.value ?? ""))" + (argument.isRepeating ? " ..." : "")
      return argument.isOptional && !argument.isRepeating ? "Op \(name)" : name
    }
  }

  /// A line a macro.
  fileprivate var synopsis: [String] {
    (ownOptions.isEmpty ? [] : [".Op Ar option ..."]) + positionals.map { "." + $0 }
  }
}

extension CivilDate {
  /// `October 1, 2026`.
  fileprivate var inManualPages: String {
    let names = [
      "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November",
      "December",
    ]
    return "\(names[month - 1]) \(day), \(year)"
  }
}
