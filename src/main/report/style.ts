/** The window's own colors, so that a report reads like the product. */
export const pageStyle = `
:root { color-scheme: dark; --ground: #121416; --panel: #1F2327; --line: #2C3237; --strong: #E6EAED; --text: #A9B1B8;
  --faint: #8B949C; --source: #8FA1B3; --singer: #5CCFA3; --expected: #E3B341; --ok: #5FCF8B; --err: #FF6B6B; }
* { box-sizing: border-box; }
body { margin: 0; background: var(--ground); color: var(--text); font: 14px/1.5 Inter, system-ui, 'Segoe UI', sans-serif; }
header, main { max-width: 1240px; margin: 0 auto; padding: 24px; }
h1, h2, h3 { color: var(--strong); font-weight: 600; line-height: 1.3; margin: 0 0 4px; }
h1 { font-size: 24px; } h2 { font-size: 17px; } h3 { font-size: 14px; margin-top: 20px; }
p { margin: 0 0 12px; max-width: 80ch; }
section { background: var(--panel); border-radius: 6px; padding: 20px; margin-bottom: 16px; }
table { border-collapse: collapse; margin: 8px 0 16px; }
th { font-weight: 450; text-align: left; } th, td { padding: 3px 24px 3px 0; border-bottom: 1px solid var(--line); }
.value { color: var(--strong); font-variant-numeric: tabular-nums; }
.ok { color: var(--ok); } .missed { color: var(--err); }
.pair { display: grid; grid-template-columns: repeat(auto-fit, minmax(340px, 1fr)); gap: 20px; }
figure { margin: 0; } figcaption { font-weight: 600; margin-bottom: 6px; }
figcaption.source { color: var(--source); } figcaption.singer { color: var(--singer); }
audio { width: 100%; height: 36px; margin-bottom: 8px; }
.picture { background: var(--ground); border: 1px solid var(--line); margin-bottom: 4px; }
.picture svg, .picture img { display: block; width: 100%; height: auto; }
.wave { fill: none; stroke-width: 1; } .curve { fill: none; stroke-width: 1.6; stroke-linejoin: round; }
.wave.source, .curve.source { stroke: var(--source); } .wave.singer, .curve.singer { stroke: var(--singer); }
.curve.expected { stroke: var(--expected); stroke-width: 3; opacity: .55; }
.grid { stroke: var(--line); stroke-width: 1; } svg text { fill: var(--faint); font-size: 10px; }
.axis { display: flex; justify-content: space-between; color: var(--faint); font-size: 11px; max-width: none; margin: 0; font-variant-numeric: tabular-nums; }
.legend { color: var(--text); font-size: 12px; } .key { display: inline-block; width: 18px; height: 3px; margin: 0 6px 3px 14px; vertical-align: middle; }
.key:first-child { margin-left: 0; } .key.source { background: var(--source); } .key.singer { background: var(--singer); } .key.expected { background: var(--expected); }
a { color: #74B8EC; } dt { font-weight: 600; } dd { margin: 0 0 8px; }
`
