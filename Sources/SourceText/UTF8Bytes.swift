extension String {
  /// Calls `body` with the UTF-8 bytes. For what looks at each byte of many names: stepping through the `utf8` view of a
  /// short string costs several times as much.
  @inlinable public func withBytes<Result>(_ body: (Swift.Span<UInt8>) -> Result) -> Result {
    var text = self
    return text.withUTF8 { unsafe body($0.span) }
  }
}
