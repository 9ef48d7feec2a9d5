/// How a page looks: one column that fits a phone, a screen and paper.
enum HTMLStyle {
  static let sheet = """
    \(Palette.variables)
    * { box-sizing: border-box; }
    html { -webkit-text-size-adjust: 100%; scroll-padding-top: 1rem; }
    body { margin: 0 auto; padding: 0 1rem 4rem; max-width: 68rem; background: var(--paper); color: var(--ink);
      font: 1rem/1.55 system-ui, -apple-system, "Segoe UI", Roboto, "DejaVu Sans", sans-serif;
      overflow-wrap: anywhere; }
    h1, h2, h3, h4, h5 { line-height: 1.25; text-wrap: balance; }
    h1 { font-size: clamp(1.6rem, 5vw, 2.3rem); margin: 0 0 .5rem; }
    h2 { font-size: 1.45rem; margin: 3rem 0 1rem; padding-top: 1rem; border-top: 1px solid var(--hair); }
    h3 { font-size: 1.1rem; margin: 1.5rem 0 .5rem; }
    h4 { font-size: 1rem; margin: 1.25rem 0 .35rem; }
    h5 { font-size: .85rem; margin: 0 0 .5rem; color: var(--muted); text-transform: uppercase; letter-spacing: .05em; }
    p, ul, ol { margin: .5rem 0; }
    p, li { max-width: 75ch; }
    a { color: var(--link); text-underline-offset: .15em; }
    :focus-visible { outline: 3px solid var(--link); outline-offset: 2px; border-radius: 3px; }
    code, pre, .mono, .addresses { font-family: ui-monospace, SFMono-Regular, Menlo, Consolas, "DejaVu Sans Mono", monospace;
      font-size: .875em; }
    code { unicode-bidi: isolate; background: var(--panel); padding: .1em .3em; border-radius: 4px; }
    a code { color: inherit; }
    .skip { position: absolute; left: 1rem; top: -4rem; background: var(--paper); padding: .5rem 1rem; z-index: 1; }
    .skip:focus { top: .5rem; }
    .soft, .kicker { color: var(--muted); }
    header.page { margin-top: 1.5rem; padding: 1.25rem 1.5rem; border: 1px solid var(--line); border-left-width: .5rem;
      border-radius: .5rem; background: var(--panel); }
    header.good { border-color: var(--good); background: var(--good-fill); }
    header.bad { border-color: var(--bad); background: var(--bad-fill); }
    header.warn { border-color: var(--warn); background: var(--warn-fill); }
    header.page code { background: none; padding: 0; }
    header.page .kicker { margin: 0 0 .25rem; color: var(--ink); }
    .sign { display: inline-block; min-width: 1.35em; height: 1.35em; line-height: 1.35em; border-radius: 1em;
      text-align: center; font-weight: 700; font-size: .85em; background: var(--muted); color: var(--paper); }
    .sign.good { background: var(--good); }
    .sign.bad { background: var(--bad); }
    .sign.warn { background: var(--warn); }
    .sign.open { background: var(--open); }
    .numbers { display: flex; flex-wrap: wrap; gap: .75rem 2rem; margin: 1rem 0 0; }
    .numbers div { display: flex; flex-direction: column-reverse; }
    .numbers dt { font-size: .875rem; }
    .numbers dd { margin: 0; font-size: 1.5rem; font-weight: 650; line-height: 1.2; }
    nav ul { display: flex; flex-wrap: wrap; gap: .25rem 1.5rem; list-style: none; padding: 0; margin: 1rem 0 0; }
    nav a { display: inline-block; padding: .35rem 0; }
    figure { margin: 1rem 0 2rem; }
    figcaption, caption { text-align: left; font-weight: 600; padding-bottom: .5rem; }
    figure svg { display: block; width: 100%; height: auto; border: 1px solid var(--hair); border-radius: .5rem;
      background: var(--paper); }
    svg.narrow { display: none; }
    \(PictureStyle.sheet)
    .scroll { overflow-x: auto; margin: 1rem 0; }
    .scroll:focus-visible { outline-offset: 4px; }
    table { border-collapse: collapse; min-width: 100%; font-size: .95rem; }
    th, td { text-align: left; vertical-align: top; padding: .5rem .75rem; border-bottom: 1px solid var(--hair);
      overflow-wrap: normal; }
    thead th { border-bottom: 2px solid var(--line); white-space: nowrap; }
    tbody th { font-weight: 400; }
    td .sign { margin-right: .25rem; }
    .addresses { color: var(--muted); display: inline-block; padding-left: .3em; }
    td.mono { white-space: nowrap; }
    .glance td:nth-child(2), tbody th { min-width: 11rem; overflow-wrap: anywhere; }
    pre { margin: 0; padding: .75rem 1rem; background: var(--panel); border: 1px solid var(--hair);
      border-radius: .5rem; line-height: 1.45; width: max-content; min-width: 100%; }
    details { border: 1px solid var(--hair); border-radius: .5rem; padding: 0 1rem; margin: .5rem 0; }
    summary { cursor: pointer; padding: .6rem 0; }
    details[open] { padding-bottom: .5rem; }
    .badge { display: inline-block; white-space: nowrap; font-size: .85em; font-weight: 650; color: var(--muted); }
    .badge.bad, .result.bad { color: var(--bad); }
    .badge.warn { color: var(--warn); }
    .result { font-weight: 650; font-size: .875rem; }
    .result.good { color: var(--good); }
    .result.open { color: var(--open); }
    .finding { margin: 1.5rem 0; padding: .25rem 1.25rem 1rem; border: 1px solid var(--hair);
      border-left: .35rem solid var(--line); border-radius: .5rem; }
    .finding.bad { border-left-color: var(--bad); }
    .finding.warn { border-left-color: var(--warn); }
    .finding h3 { margin-top: 1rem; font-size: 1.15rem; }
    .place { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; font-size: .95rem; }
    .note { border-left: 3px solid var(--hair); padding-left: .75rem; }
    @counter-style line { system: extends decimal; suffix: "  "; }
    .source { list-style: line outside; margin: .75rem 0; padding: .6rem .75rem .6rem 4.5em; background: var(--panel);
      border: 1px solid var(--hair); border-radius: .5rem; font-size: .875rem; }
    .source li { max-width: none; padding: .1rem 0 .1rem .25rem; }
    .source li::marker { color: var(--muted); font-variant-numeric: tabular-nums;
      font-family: ui-monospace, Menlo, Consolas, "DejaVu Sans Mono", monospace; }
    .source li.gap { border-top: 1px dashed var(--line); margin-top: .4rem; padding-top: .5rem; }
    .source li > code { background: none; padding: 0; white-space: pre-wrap; font-size: 1em; display: block; }
    mark { background: none; color: inherit; border-bottom: 2px solid var(--link); }
    mark.primary { background: var(--warn-fill); color: var(--ink); border-bottom: 3px solid var(--bad); font-weight: 700; }
    pre mark { background: var(--warn-fill); border-bottom: 2px solid var(--bad); }
    sup { font-size: .75em; line-height: 0; }
    .label { display: block; padding: .1rem 0 .25rem; font-size: .9rem; color: var(--link); }
    .label::before { content: "↑ "; }
    .label.primary { color: var(--bad); font-weight: 600; }
    .label code { background: none; padding: 0; }
    .journey { display: grid; grid-template-columns: repeat(auto-fit, minmax(min(100%, 21rem), 1fr)); gap: 1rem 2rem;
      margin-top: .75rem; }
    .stages { list-style: none; padding: 0; margin: 0; }
    .stages li { position: relative; padding: 0 0 .9rem 2.25rem; font-size: .95rem; line-height: 1.45; }
    .stages li::before { content: ""; position: absolute; left: .6rem; top: .6rem; bottom: -.6rem;
      border-left: 2px solid var(--good); }
    .stages li:last-child::before { display: none; }
    .stages li.open::before { border-left-style: dashed; border-color: var(--open); }
    .stages .sign { position: absolute; left: 0; top: .1rem; width: 1.5em; min-width: 0; height: 1.5em; line-height: 1.5em; }
    .stages li.end { font-weight: 600; }
    .stages li.end::after { content: "→"; position: absolute; left: .3rem; top: 0; color: var(--muted); }
    .stages li.bad { background: var(--bad-fill); border-radius: .5rem; padding: .35rem .5rem .35rem 2.25rem; }
    .stages li.bad .sign { left: .3rem; top: .45rem; }
    .change { margin: .5rem 0; border: 1px solid var(--hair); border-radius: .5rem; overflow: hidden; }
    .change del, .change ins { display: block; text-decoration: none; padding: .1rem .75rem; }
    .change del { background: var(--bad-fill); }
    .change ins { background: var(--good-fill); }
    .change code { background: none; padding: 0; white-space: pre-wrap; }
    .rule { border-top: 1px solid var(--hair); }
    .rule:first-of-type { border-top: 0; }
    :target { scroll-margin-top: 1rem; outline: 3px solid var(--link); outline-offset: 4px; border-radius: 3px; }
    footer { margin-top: 4rem; color: var(--muted); border-top: 1px solid var(--hair); }
    @media screen and (max-width: 44rem) {
      svg.wide { display: none; }
      svg.narrow { display: block; }
      header.page { padding: 1rem; }
      .finding { padding: .25rem .75rem .75rem; }
      .source { padding-left: 3.25em; }
      td.mono { white-space: normal; }
      table { font-size: .9rem; }
      th, td { padding: .45rem .5rem .45rem 0; }
      .glance td:nth-child(2), tbody th { min-width: 7rem; }
      .addresses { padding-left: 0; }
    }
    @media print {
      @page { margin: 15mm; }
      body { max-width: none; padding: 0; font-size: 10pt; }
      .skip, nav { display: none; }
      .scroll { overflow: visible; }
      pre { white-space: pre-wrap; width: auto; }
      details::details-content { content-visibility: visible; block-size: auto; }
      figure, tr, .source, .stages li, .change { break-inside: avoid; }
      h2, h3, h4, h5, summary, caption { break-after: avoid; }
      .sign, .stages li.bad, header.page, mark.primary, .change del, .change ins, svg { print-color-adjust: exact;
        -webkit-print-color-adjust: exact; }
      a { color: inherit; }
      :target { outline: none; }
    }
    """
}
