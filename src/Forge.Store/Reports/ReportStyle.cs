namespace Forge.Store.Reports;

/// <summary>The look of the page: light and dark by the reader's own setting, readable on paper, filters without any script.</summary>
internal static class ReportStyle
{
    /// <summary>CSS.</summary>
    public const string Css = """
        :root { color-scheme: light dark; --ink: #1c2430; --soft: #5b6778; --paper: #fff; --panel: #f4f6f9; --line: #d7dde6; --accent: #2457c5;
          --good: #17703a; --bad: #b3261e; --wait: #8a5a00; --scanner: #3f6fd8; --target: #2e9a63; --reboot: #c98a1b; --model: #8e5bd0; --harness: #7d8897; }
        @media (prefers-color-scheme: dark) { :root { --ink: #e3e8f0; --soft: #9aa7b8; --paper: #12161c; --panel: #1a2028; --line: #2e3845; --accent: #86aaf5;
          --good: #62c98b; --bad: #f0857d; --wait: #e0b45c; --scanner: #6d97f0; --target: #55c088; --reboot: #e0ad4f; --model: #b28be8; --harness: #97a3b3; } }
        * { box-sizing: border-box; }
        body { margin: 0 auto; max-width: 78rem; padding: 1.5rem 1.25rem 4rem; background: var(--paper); color: var(--ink); font: 15px/1.5 system-ui, sans-serif; }
        h1 { font-size: 1.35rem; margin: 0 0 .25rem; } h2 { font-size: 1.1rem; margin: 2rem 0 .5rem; } h3 { font-size: .95rem; margin: 1rem 0 .25rem; }
        .soft { color: var(--soft); } .good { color: var(--good); } .bad { color: var(--bad); } .wait { color: var(--wait); }
        .sentence { background: var(--panel); border-left: 4px solid var(--accent); padding: .75rem 1rem; margin: 1rem 0; } .sentence p { margin: 0; }
        .warning { border-left-color: var(--bad); }
        table { border-collapse: collapse; width: 100%; font-size: .92rem; } th, td { text-align: left; padding: .35rem .6rem; border-bottom: 1px solid var(--line); vertical-align: top; }
        th { color: var(--soft); font-weight: 600; } td.number, th.number { text-align: right; font-variant-numeric: tabular-nums; white-space: nowrap; } td.id { overflow-wrap: anywhere; min-width: 14rem; }
        .figures { width: auto; min-width: 24rem; }
        .bar { display: flex; height: 1.1rem; border-radius: 4px; overflow: hidden; background: var(--line); } .bar span { display: block; }
        .scanner { background: var(--scanner); } .target { background: var(--target); } .reboot { background: var(--reboot); } .model { background: var(--model); } .harness { background: var(--harness); }
        .legend { display: flex; flex-wrap: wrap; gap: .25rem 1.25rem; padding: 0; margin: .5rem 0; list-style: none; } .legend i { display: inline-block; width: .75rem; height: .75rem; border-radius: 2px; margin-right: .4rem; }
        .filter { margin: .5rem 0; } .filter label { display: inline-block; padding: .15rem .6rem; margin: 0 .3rem .3rem 0; border: 1px solid var(--line); border-radius: 1rem; cursor: pointer; }
        .pick-queued:checked ~ .items tbody:not(.queued), .pick-blocked:checked ~ .items tbody:not(.blocked),
          .pick-active:checked ~ .items tbody:not(.active), .pick-deferred:checked ~ .items tbody:not(.deferred),
          .pick-remediated:checked ~ .items tbody:not(.remediated), .pick-already-passing:checked ~ .items tbody:not(.already-passing),
          .pick-waived:checked ~ .items tbody:not(.waived), .pick-needs-decision:checked ~ .items tbody:not(.needs-decision),
          .pick-escalated:checked ~ .items tbody:not(.escalated), .pick-skipped:checked ~ .items tbody:not(.skipped),
          .pick-not-applicable:checked ~ .items tbody:not(.not-applicable) { display: none; }
        .pick-all:checked ~ .filter .for-all, .pick-queued:checked ~ .filter .for-queued, .pick-blocked:checked ~ .filter .for-blocked,
          .pick-active:checked ~ .filter .for-active, .pick-deferred:checked ~ .filter .for-deferred,
          .pick-remediated:checked ~ .filter .for-remediated, .pick-already-passing:checked ~ .filter .for-already-passing,
          .pick-waived:checked ~ .filter .for-waived, .pick-needs-decision:checked ~ .filter .for-needs-decision,
          .pick-escalated:checked ~ .filter .for-escalated, .pick-skipped:checked ~ .filter .for-skipped,
          .pick-not-applicable:checked ~ .filter .for-not-applicable { background: var(--accent); color: var(--paper); }
        input.pick:focus-visible ~ .filter { outline: 2px solid var(--accent); }
        input.pick { position: absolute; opacity: 0; pointer-events: none; }
        details.item p { margin: .25rem 0; }
        details { margin: .25rem 0; } summary { cursor: pointer; color: var(--accent); } details.item > div { padding: .25rem 0 .75rem 1rem; border-left: 2px solid var(--line); }
        pre { background: var(--panel); padding: .6rem .8rem; margin: .25rem 0 .75rem; overflow-x: auto; font: 13px/1.45 ui-monospace, monospace; white-space: pre-wrap; overflow-wrap: anywhere; max-height: 40rem; overflow-y: auto; }
        dl { display: grid; grid-template-columns: max-content 1fr; gap: .15rem 1rem; margin: .5rem 0; } dt { color: var(--soft); } dd { margin: 0; overflow-wrap: anywhere; }
        tr.more td { border-bottom: 1px solid var(--line); padding-top: 0; } tr.head td { border-bottom: 0; }
        @media print { body { max-width: none; font-size: 11px; padding: 0; } .filter { display: none; } pre { max-height: none; } tr, .bar { break-inside: avoid; }
          .bar, .bar span, .legend i { print-color-adjust: exact; -webkit-print-color-adjust: exact; } }
        """;
}
