import SourceText
import SourceTree

/// The keys of one kind of object, at most 32. The raw value is the slot in which an object keeps the key.
protocol ModelKey: RawRepresentable<Int>, CaseIterable, Sendable {
  static var table: KeyTable<Self> { get }
}

/// Names of the keys of an object: the one place where a key of the model file is declared. A class, as a table is passed
/// along for every object: of a structure each of its arrays would be retained. The type asks nothing of its key, so
/// that the run-time system need not search the program for conformances when it makes the type.
final class KeyTable<Key: Sendable>: Sendable {
  struct Entry: Sendable {
    let key: Key
    let slot: Int
    let name: String
    let synonym: String?
    let isRequired: Bool
    /// What follows when the key is misspelt and so has no effect, for the finding's note.
    let effect: String?

    init(_ key: Key, _ name: String, synonym: String? = nil, required: Bool = false, effect: String? = nil)
    where Key: ModelKey {
      self.key = key
      slot = key.rawValue
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
  /// Those of up to 16 bytes, made for looking up.
  private let shortNames: [(text: ShortText, slot: Int)]
  private let longNames: [(text: String, slot: Int)]

  init(_ object: String, _ entries: [Entry]) where Key: ModelKey {
    self.object = object
    self.entries = entries
    required = entries.filter(\.isRequired).map(\.slot)
    var nameOfSlot = [String](repeating: "", count: Key.allCases.count)
    var entryOfSlot = [Int](repeating: 0, count: Key.allCases.count)
    for (index, entry) in entries.enumerated() {
      nameOfSlot[entry.slot] = entry.name
      entryOfSlot[entry.slot] = index
    }
    self.nameOfSlot = nameOfSlot
    self.entryOfSlot = entryOfSlot
    var accepted: [String] = []
    var shortNames: [(text: ShortText, slot: Int)] = []
    var longNames: [(text: String, slot: Int)] = []
    for entry in entries {
      for name in [entry.name, entry.synonym] {
        guard let name else { continue }
        accepted.append(name)
        if let short = name.withBytes(ShortText.init) {
          shortNames.append((short, entry.slot))
        } else {
          longNames.append((name, entry.slot))
        }
      }
    }
    self.accepted = accepted
    self.shortNames = shortNames
    self.longNames = longNames
  }

  /// The slot of the key with the name or synonym that a node holds. Looks from the name number `place` on, and leaves
  /// there the one after the name it found: people write keys in much the same order in every object.
  func slot(named node: NodeIndex, in tree: SourceTree, from place: inout Int) -> Int? {
    guard let short = tree.withText(node, { ShortText($0) }) else {
      let text = tree.text(node)
      return longNames.first { $0.text == text }?.slot
    }
    for index in place..<shortNames.count where shortNames[index].text == short { return found(index, &place) }
    for index in 0..<place where shortNames[index].text == short { return found(index, &place) }
    return nil
  }

  @inline(__always)
  private func found(_ index: Int, _ place: inout Int) -> Int {
    place = index + 1
    return shortNames[index].slot
  }

  /// The slot of the key with the name or synonym that a node holds.
  func slot(named node: NodeIndex, in tree: SourceTree) -> Int? {
    var place = 0
    return slot(named: node, in: tree, from: &place)
  }

  /// What is declared of the key with this name or synonym.
  func entry(named name: String) -> Entry? { entries.first { $0.name == name || $0.synonym == name } }

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
