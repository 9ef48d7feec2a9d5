import Linting
import Testing

struct PathPatternTests {
  @Test(arguments: [
    ("a.yaml", "a.yaml"), ("./a.yaml", "a.yaml"), ("*.yaml", "a.yaml"), ("*", "a/b.yaml"), ("a", "a/b/c.yaml"),
    ("a/", "a/b.yaml"), ("a/*", "a/b.yaml"), ("a/**", "a/b/c.yaml"), ("**/c.yaml", "c.yaml"),
    ("**/c.yaml", "a/b/c.yaml"),
    ("a/**/c.yaml", "a/c.yaml"), ("a/**/c.yaml", "a/x/y/c.yaml"), ("?.yaml", "é.yaml"), ("a*b*c", "aXbYbZc"),
    ("**/b/**/d", "a/b/b/c/d"), ("**", "a"), ("a**b", "a-b"),
  ])
  func matches(_ pattern: String, _ path: String) throws {
    #expect(try #require(PathPattern(pattern)).matches(path.split(separator: "/").map(String.init)))
  }

  @Test(arguments: [
    ("a.yaml", "b/a.yaml"), ("*.yaml", "a.json"), ("*.yaml", "b/a.yaml"), ("a/*.yaml", "a/b/c.yaml"),
    ("?.yaml", "ab.yaml"),
    ("a?b", "a/b"), ("a**b", "a/b"), ("a/**/c", "b/c"), ("a", "ab"), ("A", "a"),
  ])
  func doesNotMatch(_ pattern: String, _ path: String) throws {
    #expect(!(try #require(PathPattern(pattern)).matches(path.split(separator: "/").map(String.init))))
  }

  @Test(arguments: ["", "/", "/a", ".", "..", "a/../b"])
  func isNone(_ pattern: String) {
    #expect(PathPattern(pattern) == nil)
  }

  @Test func `a hostile pattern takes no time`() throws {
    let pattern = try #require(PathPattern(String(repeating: "**/*a*a*a/", count: 50) + "b"))
    #expect(!pattern.matches([String](repeating: String(repeating: "a", count: 200), count: 50)))
  }
}
