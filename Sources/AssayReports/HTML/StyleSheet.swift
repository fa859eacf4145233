/// The page's style sheet; its digest is what the Content-Security-Policy allows.
enum StyleSheet {
    static let text: StaticString = """
        :root {
          color-scheme: light dark;
          --page: #fcfcfa; --panel: #f4f4f0; --text: #1e2429; --quiet: #525b64; --line: #d6d9d5;
          --link: #1d4f7c; --fail: #9c1f26; --unknown: #7a4a00; --pass: #1f6238; --focus: #1d4f7c;
          --serif: "Iowan Old Style", "Palatino Linotype", Palatino, "URW Palladio L", P052, Georgia, serif;
          --sans: system-ui, -apple-system, "Segoe UI", Roboto, "Noto Sans", "Liberation Sans", sans-serif;
          --mono: ui-monospace, "SF Mono", "Cascadia Mono", Menlo, Consolas, "DejaVu Sans Mono", monospace;
        }
        @media (prefers-color-scheme: dark) {
          :root {
            --page: #15181b; --panel: #1d2125; --text: #e3e6e8; --quiet: #a9b2ba; --line: #373e45;
            --link: #8fbdea; --fail: #ff9c95; --unknown: #efc05f; --pass: #8bd3a0; --focus: #8fbdea;
          }
        }
        * { box-sizing: border-box; }
        html { scroll-padding-top: 1rem; }
        body {
          margin: 0; background: var(--page); color: var(--text);
          font: 1rem/1.55 var(--sans); overflow-wrap: break-word; -webkit-text-size-adjust: 100%;
        }
        header, .page, footer { max-width: 76rem; margin: 0 auto; padding: 0 1.25rem; }
        header { padding-top: 2.5rem; padding-bottom: 1.5rem; }
        footer { padding-top: 1.5rem; padding-bottom: 3rem; color: var(--quiet); font-size: .875rem; }
        h1, h2 { font-family: var(--serif); font-weight: 600; line-height: 1.2; text-wrap: balance; }
        h1 { font-size: 2.25rem; margin: 0 0 1rem; }
        h2 { font-size: 1.6rem; margin: 0 0 1rem; padding-top: 2.75rem; }
        h3 { font-size: 1.15rem; line-height: 1.35; margin: 2rem 0 .5rem; }
        h4 { font-size: 1rem; margin: 1.5rem 0 .4rem; }
        p { margin: 0 0 .9rem; max-width: 44rem; }
        a { color: var(--link); text-underline-offset: .15em; }
        code, pre { font-family: var(--mono); font-size: .8125rem; }
        .kicker { margin: 0 0 .25rem; color: var(--quiet); font-size: .875rem; letter-spacing: .04em; }
        .quiet { color: var(--quiet); }
        p.quiet { font-size: .875rem; }
        .skip { position: absolute; left: -100rem; top: 0; background: var(--page); padding: .75rem 1rem; z-index: 2; }
        .skip:focus { left: 0; }
        :focus-visible { outline: 3px solid var(--focus); outline-offset: 2px; border-radius: 2px; }
        main:focus { outline: none; }

        nav ol { list-style: none; margin: 0; padding: 0; display: flex; flex-wrap: wrap; gap: 0 1.25rem; }
        nav a { display: inline-block; padding: .3rem 0; min-height: 2rem; color: var(--quiet); text-decoration: none; }
        nav a:hover { color: var(--text); text-decoration: underline; }
        @media (min-width: 68rem) {
          .page { display: grid; grid-template-columns: 13rem minmax(0, 1fr); gap: 3rem; align-items: start; }
          nav { position: sticky; top: 1.5rem; padding-top: 1rem; font-size: .9375rem; }
          nav ol { display: block; }
        }

        dl.facts { display: flex; flex-wrap: wrap; gap: .5rem 2rem; margin: 0 0 1rem; }
        dl.facts dt { color: var(--quiet); font-size: .8125rem; }
        dl.facts dd { margin: 0; overflow-wrap: anywhere; }
        dl.glossary dt { font-weight: 600; }
        dl.glossary dd { margin: 0 0 .8rem; max-width: 44rem; }
        .headline {
          font: 600 1.4rem/1.35 var(--serif); border-left: 4px solid var(--line); padding: .2rem 0 .2rem 1rem;
          max-width: 46rem; text-wrap: pretty;
        }
        .headline.fail { border-color: var(--fail); }
        .headline.unknown { border-color: var(--unknown); }

        .scroll { overflow-x: auto; margin: 0 0 1.25rem; position: relative; }
        table { border-collapse: collapse; width: 100%; font-size: .9rem; line-height: 1.45; }
        caption { text-align: left; color: var(--quiet); font-size: .8125rem; padding: .25rem 0 .4rem; }
        th, td {
          text-align: left; vertical-align: top; padding: .5rem .9rem .5rem 0; border-bottom: 1px solid var(--line);
        }
        th { font-weight: 600; }
        thead th { font-size: .8125rem; color: var(--quiet); white-space: nowrap; }
        tbody th { font-weight: 500; overflow-wrap: anywhere; min-width: 9rem; }
        td { min-width: 4.5rem; }
        th:has(> .badge), th:has(> .severity) { overflow-wrap: normal; min-width: 0; }
        th.n, td.n { text-align: right; font-variant-numeric: tabular-nums; min-width: 0; }
        td:has(> code) { min-width: 6.5rem; }
        td code, th code { overflow-wrap: anywhere; }
        .id { font-weight: 600; white-space: nowrap; }
        .paraphrase { display: block; font-weight: 400; color: var(--quiet); font-size: .8125rem; max-width: 34rem; }
        .rule-link { display: inline-block; min-height: 1.5rem; }

        .badge, .severity { font-size: .8125rem; line-height: 1.4; }
        .badge.fail { color: var(--fail); font-weight: 600; }
        .badge.unknown { color: var(--unknown); font-weight: 600; }
        .badge.pass { color: var(--pass); }
        .badge.quiet { color: var(--quiet); }
        .severity { border: 1px solid currentColor; border-radius: 3px; padding: .05rem .4rem; white-space: nowrap; }
        .severity.critical { color: var(--page); background: var(--fail); border-color: var(--fail); font-weight: 600; }
        .severity.high { color: var(--fail); font-weight: 600; }
        .severity.medium { color: var(--unknown); }
        .severity.low, .severity.info { color: var(--quiet); }

        .pair { display: grid; gap: .5rem 2.5rem; align-items: start; margin: 0 0 1rem; }
        @media (min-width: 52rem) { .pair { grid-template-columns: minmax(0, 21rem) minmax(0, 1fr); } }
        .chart { width: 100%; max-width: 24rem; height: auto; display: block; font-family: var(--sans); }
        .chart text { fill: var(--text); font-size: 13px; }
        .chart .value { text-anchor: end; font-variant-numeric: tabular-nums; }
        .chart .track { fill: var(--panel); }
        .chart .bar { fill: var(--quiet); }
        .chart .bar.fail { fill: var(--fail); }
        .chart .bar.unknown { fill: var(--unknown); }
        .chart .bar.pass { fill: var(--pass); }
        .chart .bar.read, .chart .bar.plain { fill: var(--link); }
        .chart .outline { fill: none; stroke: var(--unknown); stroke-width: 1.5; }
        .chart .dashed { stroke-dasharray: 6 3; }
        .chart .dotted { stroke-dasharray: 1.5 3; }

        .changes { padding-left: 1.6rem; margin: 0; }
        .changes > li { padding: .4rem 0 .8rem .4rem; border-bottom: 1px solid var(--line); margin-bottom: .6rem; }
        .changes > li::marker { font-family: var(--serif); color: var(--quiet); }
        .change { font-weight: 600; margin-bottom: .4rem; }
        .changes dl.facts { margin-bottom: .4rem; font-size: .9375rem; }
        .ids { font-size: .875rem; margin-bottom: .2rem; max-width: none; }

        fieldset.filter { border: 0; padding: 0; margin: 0 0 1rem; display: flex; flex-wrap: wrap; gap: .1rem 1.1rem; }
        .filter legend { font-size: .8125rem; color: var(--quiet); padding: 0 0 .2rem; }
        .filter label { display: inline-flex; align-items: center; gap: .4rem; min-height: 2rem; font-size: .9rem; }
        .filter input { width: 1.5rem; height: 1.5rem; margin: 0; accent-color: var(--link); }

        details { border-top: 1px solid var(--line); }
        details.rule > :not(summary), details.resource > :not(summary) { margin-left: 1.4rem; }
        summary {
          cursor: pointer; padding: .55rem 0; min-height: 2.5rem; list-style: none; position: relative;
          padding-left: 1.4rem; display: flex; flex-wrap: wrap; gap: .15rem .75rem; align-items: baseline;
        }
        summary::-webkit-details-marker { display: none; }
        summary::before { content: "▸"; position: absolute; left: .1rem; color: var(--quiet); }
        details[open] > summary::before { content: "▾"; }
        summary:hover { background: var(--panel); }
        summary h3 { margin: 0; font-size: 1rem; flex: 1 1 18rem; }
        summary .counts { font-size: .875rem; font-variant-numeric: tabular-nums; white-space: nowrap; }
        summary .name { font-weight: 600; overflow-wrap: anywhere; }
        summary code { color: var(--quiet); overflow-wrap: anywhere; }
        .rule > summary .severity { min-width: 4.75rem; text-align: center; }
        .rule[open] { padding-bottom: 1.5rem; }
        .rule h4 { margin-top: 1rem; }
        .resource { font-size: .9375rem; }
        .resource > p { margin-top: .3rem; }
        .channel { margin: .8rem 0 .25rem; font-size: .875rem; font-weight: 600; }
        pre {
          margin: 0 0 .9rem; padding: .7rem .9rem; background: var(--panel); border-radius: 4px;
          white-space: pre-wrap; overflow-wrap: anywhere; line-height: 1.5;
        }
        .more { font-size: .9rem; font-style: italic; margin-top: .6rem; }
        @media (max-width: 40rem) {
          body { font-size: .9375rem; }
          h1 { font-size: 1.8rem; }
          header, .page, footer { padding-left: 1rem; padding-right: 1rem; }
          details.rule > :not(summary), details.resource > :not(summary) { margin-left: 0; }
          th, td { padding-right: .6rem; }
          .resource table { min-width: 42rem; }
          .group table, #unseen table, #diagnostics table { min-width: 38rem; }
        }

        @media screen {
          .framework:has([value="failing"]:checked) tr[data-state]:not([data-state="failing"]),
          .framework:has([value="failing"]:checked) .group:not(:has([data-state="failing"])),
          .framework:has([value="unknown"]:checked) tr[data-state]:not([data-state="unknown"]),
          .framework:has([value="unknown"]:checked) .group:not(:has([data-state="unknown"])),
          .framework:has([value="alternativeDocumented"]:checked)
            tr[data-state]:not([data-state="alternativeDocumented"]),
          .framework:has([value="alternativeDocumented"]:checked)
            .group:not(:has([data-state="alternativeDocumented"])),
          .framework:has([value="exempted"]:checked) tr[data-state]:not([data-state="exempted"]),
          .framework:has([value="exempted"]:checked) .group:not(:has([data-state="exempted"])),
          .framework:has([value="evidenceFromPeopleNeeded"]:checked)
            tr[data-state]:not([data-state="evidenceFromPeopleNeeded"]),
          .framework:has([value="evidenceFromPeopleNeeded"]:checked)
            .group:not(:has([data-state="evidenceFromPeopleNeeded"])),
          .framework:has([value="noFailingTest"]:checked) tr[data-state]:not([data-state="noFailingTest"]),
          .framework:has([value="noFailingTest"]:checked) .group:not(:has([data-state="noFailingTest"])),
          .framework:has([value="carriedBySubservice"]:checked) tr[data-state]:not([data-state="carriedBySubservice"]),
          .framework:has([value="carriedBySubservice"]:checked) .group:not(:has([data-state="carriedBySubservice"])),
          .framework:has([value="excluded"]:checked) tr[data-state]:not([data-state="excluded"]),
          .framework:has([value="excluded"]:checked) .group:not(:has([data-state="excluded"])),
          .framework:has([value="noTest"]:checked) tr[data-state]:not([data-state="noTest"]),
          .framework:has([value="noTest"]:checked) .group:not(:has([data-state="noTest"])),
          #findings:has([value="critical"]:checked) .rule:not([data-severity="critical"]),
          #findings:has([value="high"]:checked) .rule:not([data-severity="high"]),
          #findings:has([value="medium"]:checked) .rule:not([data-severity="medium"]),
          #findings:has([value="low"]:checked) .rule:not([data-severity="low"]),
          #findings:has([value="info"]:checked) .rule:not([data-severity="info"]) { display: none; }
        }

        @media print {
          :root {
            color-scheme: light;
            --page: #ffffff; --panel: #f4f4f0; --text: #000000; --quiet: #454c53; --line: #c3c7c3;
            --link: #1d4f7c; --fail: #9c1f26; --unknown: #7a4a00; --pass: #1f6238;
          }
          @page { margin: 16mm 15mm; }
          html { font-size: 9.5pt; }
          body { font-size: 1rem; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
          header, .page, footer { max-width: none; padding: 0; }
          .page { display: block; }
          nav, .skip, fieldset.filter { display: none; }
          h2 { padding-top: 1.6rem; }
          h2, h3, h4, summary, caption, thead { break-after: avoid; }
          tr, .changes > li, .chart, dl.facts { break-inside: avoid; }
          .scroll { overflow: visible; }
          .pair { grid-template-columns: 1fr; }
          .chart { max-width: 9cm; }
          table { font-size: .9rem; }
          a { color: inherit; text-decoration: none; }
          details::details-content { display: block; content-visibility: visible; }
          summary::before, details[open] > summary::before { content: none; }
          summary { padding-left: 0; min-height: 0; }
          details.rule > :not(summary), details.resource > :not(summary) { margin-left: 0; }
        }

        """
}
