/// How the parts of a picture look. The classes are those of `SVGCanvas` and `PictureDrawing`.
enum PictureStyle {
  private static let sans = "system-ui, -apple-system, \"Segoe UI\", Roboto, \"DejaVu Sans\", sans-serif"
  private static let mono = "ui-monospace, SFMono-Regular, Menlo, Consolas, \"DejaVu Sans Mono\", monospace"

  static let sheet = """
    .net text { font: 12px \(sans); fill: var(--ink); direction: ltr; }
    .net .heading { font-size: 18px; font-weight: 600; }
    .net .kind { font-size: 11px; fill: var(--muted); letter-spacing: 0.06em; }
    .net .name { font-size: 14px; font-weight: 600; }
    .net .item { font-size: 13px; font-weight: 600; }
    .net .small { font-size: 11px; fill: var(--muted); }
    .net .mono { font: 12px \(mono); }
    .net .note { fill: var(--muted); }
    .net .strong { font-weight: 600; }
    .net .paper { fill: var(--paper); }
    .net .frame { fill: var(--panel); stroke: var(--line); stroke-width: 1; }
    .net .beyond { fill: none; stroke: var(--line); stroke-width: 1; stroke-dasharray: 5 4; }
    .net .zone { fill: var(--paper); stroke: var(--hair); stroke-width: 1; }
    .net .wire { fill: none; stroke: var(--line); stroke-width: 2; }
    .net .dash { stroke-dasharray: 6 5; }
    .net .rule { fill: none; stroke: var(--hair); stroke-width: 1; }
    .net text.good { fill: var(--good); }
    .net text.bad { fill: var(--bad); }
    .net text.warn { fill: var(--warn); }
    .net text.open { fill: var(--open); }
    .net text.quiet { fill: var(--muted); }
    .net .card { stroke-width: 1; }
    .net .card.good { fill: var(--good-fill); stroke: var(--good); }
    .net .card.bad { fill: var(--bad-fill); stroke: var(--bad); stroke-width: 2; }
    .net .card.warn { fill: var(--warn-fill); stroke: var(--warn); stroke-width: 2; }
    .net .card.open { fill: var(--open-fill); stroke: var(--open); stroke-width: 2; }
    .net .card.quiet { fill: var(--panel); stroke: var(--line); }
    .net .wire.good { stroke: var(--good); }
    .net .wire.bad { stroke: var(--bad); }
    .net .wire.warn { stroke: var(--warn); }
    .net .wire.open { stroke: var(--open); }
    .net .disc.good { fill: var(--good); }
    .net .disc.bad { fill: var(--bad); }
    .net .disc.warn { fill: var(--warn); }
    .net .disc.open { fill: var(--open); }
    .net .disc.quiet { fill: var(--muted); }
    .net .stroke { fill: none; stroke: var(--paper); stroke-width: 2; stroke-linecap: round; stroke-linejoin: round; }
    """
}
