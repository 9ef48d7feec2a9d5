/// A way to mend a finding, in terms of the document: a reader of the document's format turns it into edits of the text.
public struct Repair: Hashable, Sendable {
  /// One field of a mapping that is to be written.
  public struct Field: Hashable, Sendable {
    /// When a field is written that could be left out.
    public enum Presence: Hashable, Sendable {
      case always
      /// If the mappings beside it have the key. Where there are none, `alone` decides.
      case asOthers(alone: Bool)
    }

    /// The key.
    public let key: String
    /// The value: a word, a name, an address.
    public let value: String
    /// When it is written.
    public let presence: Presence

    /// Makes a field.
    public init(_ key: String, _ value: String, _ presence: Presence = .always) {
      self.key = key
      self.value = value
      self.presence = presence
    }
  }

  /// One change of the document.
  public enum Change: Hashable, Sendable {
    /// Writes another text in the place of the scalar with this span, in the same quotes.
    case rewrite(Span, String)
    /// Gives the mapping that holds the scalar with this span a field, in the place of one with the same key.
    case set(Field, beside: Span)
    /// Takes the item of a sequence out that holds the scalar with this span.
    case removeItem(around: Span)
    /// Adds mappings at the end of the sequence that the mapping with this span has below a key; without such a sequence
    /// one is made.
    case append([[Field]], key: String, in: Span)
  }

  /// What the repair does, as an order: "rename the key to `routes`".
  public let title: String
  /// What it may do to reachability. One that is said to keep it is compared before it is offered as such.
  public let safety: Fix.Safety
  /// The changes, all of which belong together.
  public let changes: [Change]

  /// Makes a repair.
  public init(_ title: String, _ safety: Fix.Safety, _ changes: [Change]) {
    self.title = title
    self.safety = safety
    self.changes = changes
  }
}
