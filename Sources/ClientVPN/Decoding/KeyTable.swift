import SourceTree

/// The keys of one kind of object, at most 32. The raw value is the slot in which an object keeps the key.
protocol ModelKey: RawRepresentable<Int>, CaseIterable, Sendable {
  static var table: KeyTable<Self> { get }
}

/// Names of the keys of an object: the one place where a key of the model file is declared. A class, as a table is passed
/// along for every object: of a structure each of its arrays would be retained.
final class KeyTable<Key: ModelKey>: Sendable {
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
  /// Every accepted name, in order.
  let accepted: [String]
  /// The same, made for looking up.
  private let names: [Name]

  private struct Name: Sendable {
    let short: ShortText?
    let bytes: ArraySlice<UInt8>
    let slot: Int

    init(_ name: String, slot: Int) {
      bytes = Array(name.utf8)[...]
      short = ShortText(bytes)
      self.slot = slot
    }
  }

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
    let named = entries.flatMap { entry in
      [entry.name, entry.synonym].compactMap(\.self).map { (name: $0, slot: entry.key.rawValue) }
    }
    accepted = named.map(\.name)
    names = named.map { Name($0.name, slot: $0.slot) }
  }

  /// The slot of the key with the name or synonym that a node holds.
  func slot(named node: NodeIndex, in tree: SourceTree) -> Int? {
    tree.withText(node) { bytes in
      guard let short = ShortText(bytes) else { return names.first { $0.bytes == bytes }?.slot }
      for index in names.indices where names[index].short == short { return names[index].slot }
      return nil
    }
  }

  /// The name of the key in a slot.
  func name(ofSlot slot: Int) -> String { nameOfSlot[slot] }

  /// What is declared of the key in a slot.
  func entry(ofSlot slot: Int) -> Entry { entries[entryOfSlot[slot]] }
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
