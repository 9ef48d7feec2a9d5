import SourceTree

/// The keys of one kind of object, at most 32. The raw value is the slot in which an object keeps the key.
protocol ModelKey: RawRepresentable<Int>, CaseIterable, Sendable {
  static var table: KeyTable<Self> { get }
}

/// Names of the keys of an object: the one place where a key of the model file is declared.
struct KeyTable<Key: ModelKey>: Sendable {
  struct Entry: Sendable {
    let key: Key
    let name: String
    let synonym: String?
    let isRequired: Bool
    /// What follows when the key is misspelt and so has no effect, for the finding's note.
    let effect: String?

    init(_ key: Key, _ name: String, synonym: String? = nil, required: Bool = false, effect: String? = nil) {
      self.key = key
      self.name = name
      self.synonym = synonym
      isRequired = required
      self.effect = effect
    }
  }

  /// The kind of object in words: "subnet".
  let object: String
  let entries: [Entry]
  /// Slots of the keys that an object must have.
  let required: [Int]
  /// The name of the key in each slot.
  private let nameOfSlot: [String]
  /// The entry of the key in each slot.
  private let entryOfSlot: [Int]
  /// Every accepted name, its code, and the slot of its key.
  private let names: [String]
  private let codes: [UInt64]
  private let slots: [Int]

  init(_ object: String, _ entries: [Entry]) {
    self.object = object
    self.entries = entries
    required = entries.filter(\.isRequired).map(\.key.rawValue)
    var nameOfSlot = [String](repeating: "", count: Key.allCases.count)
    var entryOfSlot = [Int](repeating: 0, count: Key.allCases.count)
    for (index, entry) in entries.enumerated() {
      nameOfSlot[entry.key.rawValue] = entry.name
      entryOfSlot[entry.key.rawValue] = index
    }
    self.nameOfSlot = nameOfSlot
    self.entryOfSlot = entryOfSlot
    names = entries.flatMap { [$0.name, $0.synonym].compactMap(\.self) }
    codes = names.map { TextCode.of($0) }
    slots = entries.flatMap { [Int](repeating: $0.key.rawValue, count: $0.synonym == nil ? 1 : 2) }
  }

  /// The slot of the key with the name or synonym that a node holds.
  func slot(named node: NodeIndex, in tree: SourceTree) -> Int? {
    let code = tree.textCode(node)
    for index in codes.indices
    where codes[index] == code && (names[index].utf8.count <= 7 || tree.text(node) == names[index]) {
      return slots[index]
    }
    return nil
  }

  /// The name of the key in a slot.
  func name(ofSlot slot: Int) -> String { nameOfSlot[slot] }

  /// What is declared of the key in a slot.
  func entry(ofSlot slot: Int) -> Entry { entries[entryOfSlot[slot]] }

  /// Every accepted name, in order.
  var accepted: [String] { names }
}

/// Keys of the API that say nothing about reachability: accepted wherever they are pasted.
enum PassiveKeys {
  static let names: Set<String> = [
    "access_tags", "address_prefix_management", "advertised_routes", "auto_delete", "before", "client_auto_delete",
    "client_auto_delete_timeout", "created_at", "created_by", "crn", "cse_source_ips", "default_address_prefixes",
    "deleted", "dns",
    "first", "has_subnets", "health_reasons", "health_state", "href", "id", "ip_version", "lifecycle_reasons",
    "lifecycle_state", "limit", "more_info", "name", "next", "owner", "previous", "public_address_ranges",
    "remote_port", "reserved_ips", "resource_controller_url", "resource_group", "resource_type", "status",
    "status_reasons", "tags",
    "total_count", "total_ipv4_address_count", "updated_at", "user_tags", "vpc",
  ]
}
