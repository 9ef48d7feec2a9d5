/// How a plan of Terraform comes to a resource that the model describes as it will be: then it is none that stands now.
public enum PlannedMaking: Sendable {
  /// None is there yet.
  case created
  /// The one that is there is destroyed, and another one takes its place.
  case remade
}
