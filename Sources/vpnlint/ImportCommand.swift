import ArgumentParser
import Importing
import Linting
import Reports
import SourceText
import SourceTree

/// `vpnlint import FILE…`
struct ImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Write a model of what the API, a collector or Terraform says about a network.",
    usage: "vpnlint import [OPTIONS] FILE|DIRECTORY…",
    discussion: """
      A FILE is JSON: an answer of the IBM Cloud API or of `ibmcloud is … --output json`, a dump of a collector, or what \
      `terraform show -json` prints of a plan or a state; `-` is standard input, and a directory stands for its JSON \
      files. Several files are taken together, in any order. The model is written to standard output as YAML, a document for each VPC, with a comment for each thing that \
      it cannot say. A model in YAML is written as it is.
      """)

  @Argument(help: ArgumentHelp("The files that describe the network.", valueName: "file"), completion: .file())
  var files: [String]

  @OptionGroup
  var limitOptions: LimitOptions

  func run() throws {
    let limits = limitOptions.limits
    let inputs = try files.flatMap { try ModelInput.readAll($0, limits.size) }
    if inputs.count == 1, ModelWriter.isYAML(inputs[0]) {
      return try copy(inputs[0], limits)
    }
    if let model = inputs.first(where: ModelWriter.isYAML) {
      throw Refusal("\(model.name) is no JSON; only JSON files are taken together")
    }
    guard let file = SourceFile(joining: inputs, most: limits.size) else {
      throw Refusal(InputFile.ReadProblem(tooLarge: "the files together", limits.size).sentence)
    }
    let model = ModelWriter.model(of: file, limits: limits)
    if let model { try Output.standard.writeAll(model.text) }
    if model?.isSound != true {
      try tell(ModelFile.shape(of: file, importing: { Importer.model(from: $0) }, limits: limits))
    }
  }

  /// Writes a model in YAML as it is, if it can be read at all.
  private func copy(_ model: SourceFile, _ limits: SourceLimits) throws {
    guard SourceTree.read(model, limits: limits).problems.isEmpty else {
      return try tell(ModelFile.shape(of: model, limits: limits))
    }
    try Output.standard.writeAll(model.bytes)
  }

  /// Tells what could not be understood. What the model file says in comments is not told again.
  private func tell(_ report: FileReport) throws {
    var text = ""
    ReportFormat.text.reporter().write(Report([report], toolVersion: VPNLint.version), to: &text)
    Output.error.write(text)
    throw Ending(status: .findings)
  }
}
