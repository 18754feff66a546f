// The style that all pages share: compact, light or dark like the reader's system. One constant text, so that a page's
// policy can allow it by its hash; no element has a style attribute.

/** The style sheet of every page. */
export const pageStyle: string = `
:root{color-scheme:light dark;--ground:#fbfbf9;--panel:#fff;--ink:#22262b;--soft:#666d75;--rule:#dfe2e4;--life:#b9c0c6;
--charger:#0b6e8f;--csms:#34763a;--bad:#c02f2a;--warn:#9a6300;--mark:#8542a8;--quiet:#7b838b;--energy:#0b6e8f;--power:#c56a10}
@media (prefers-color-scheme:dark){:root{--ground:#15181b;--panel:#1c2024;--ink:#dfe3e6;--soft:#98a1a9;--rule:#2e343a;
--life:#4a535b;--charger:#5bbfe0;--csms:#7fca85;--bad:#ff827b;--warn:#e5b04d;--mark:#cf9bea;--quiet:#8a939b;
--energy:#5bbfe0;--power:#f0a35c}}
*{box-sizing:border-box}
body{margin:0;background:var(--ground);color:var(--ink);font:15px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif}
main{max-width:75rem;margin:0 auto;padding:2rem 1.25rem 5rem}
h1{font-size:1.6rem;font-weight:600;margin:0;overflow-wrap:anywhere}
h2{font-size:1.05rem;font-weight:600;margin:2.5rem 0 .75rem}
h2 small{font-weight:400;color:var(--soft)}
.kind{color:var(--soft);margin:0 0 .25rem}
dl{display:flex;flex-wrap:wrap;gap:.25rem 1.75rem;margin:.75rem 0 0}
dl div{display:flex;gap:.5rem;min-width:0}
dt{color:var(--soft)}
dd{margin:0;overflow-wrap:anywhere}
.none{color:var(--soft)}
table{width:100%;border-collapse:collapse;background:var(--panel);border:1px solid var(--rule)}
th,td{text-align:left;vertical-align:top;padding:.4rem .7rem;border-top:1px solid var(--rule)}
th{font-weight:500;color:var(--soft);border-top:0}
td{overflow-wrap:anywhere}
td.number{text-align:right;white-space:nowrap}
td a{color:inherit;text-underline-offset:2px;white-space:nowrap}
code,pre,.rows,.clause{font-family:ui-monospace,"SF Mono",Menlo,Consolas,"DejaVu Sans Mono",monospace}
td code{font-size:.87em;white-space:nowrap}
.clause{font-size:.8em;color:var(--soft)}
.badge{display:inline-block;min-width:4.2rem;text-align:center;font-size:.8rem;padding:0 .5rem;border-radius:1rem;border:1px solid}
.defect{color:var(--bad)}.smell{color:var(--warn)}.event{color:var(--quiet)}
.meters{display:grid;grid-template-columns:repeat(auto-fit,minmax(min(34rem,100%),1fr));gap:1rem}
.meter{margin:0;max-width:56rem;padding:.8rem 1rem .4rem;background:var(--panel);border:1px solid var(--rule);min-width:0}
.meter svg{display:block;width:100%;height:auto}
figcaption{overflow-wrap:anywhere}
figcaption span{white-space:nowrap;margin-left:.9rem;font-size:.87em}
figcaption span::before{content:"";display:inline-block;width:1.1em;height:.2em;margin-right:.4em;vertical-align:middle;background:currentColor}
span.energy{color:var(--energy)}span.power{color:var(--power)}
.grid{stroke:var(--rule)}
.tick{font-size:11px;fill:var(--soft)}
text.energy{fill:var(--energy)}text.power{fill:var(--power)}
.curve{fill:none;stroke-width:2;stroke-linejoin:round}
g.energy .curve{stroke:var(--energy)}g.power .curve{stroke:var(--power)}
g.energy .dot{fill:var(--energy)}g.power .dot{fill:var(--power)}
form{display:flex;flex-wrap:wrap;gap:.6rem;align-items:center;margin:0 0 .75rem}
form[hidden]{display:none}
select,input{font:inherit;color:inherit;background:var(--panel);border:1px solid var(--life);border-radius:.3rem;padding:.25rem .5rem}
select{max-width:18rem}
input[type=search]{flex:1 1 14rem;min-width:8rem}
form label{display:flex;gap:.4rem;align-items:center}
form label.grow{flex:1 1 16rem}
output{color:var(--soft)}
.diagram{background:var(--panel);border:1px solid var(--rule)}
.heads{position:sticky;top:0;z-index:1;display:grid;grid-template-columns:9.5rem 1fr;background:var(--panel);border-bottom:1px solid var(--rule)}
.heads div{grid-column:2;display:flex;justify-content:space-between;padding:.4rem .75rem;gap:1rem;font-weight:600}
.heads span{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.rows{list-style:none;margin:0;padding:0 0 .5rem;font-size:13px}
.row{content-visibility:auto;contain-intrinsic-size:auto 2.1rem}
.row[hidden]{display:none}
.row:target{background:color-mix(in srgb,var(--warn) 16%,transparent)}
summary{display:grid;grid-template-columns:9.5rem 1fr;cursor:pointer;list-style:none}
summary::-webkit-details-marker{display:none}
summary:hover{background:color-mix(in srgb,var(--ink) 4%,transparent)}
summary:focus-visible{outline:2px solid var(--charger);outline-offset:-2px}
.when{display:flex;justify-content:space-between;gap:.5rem;padding:.45rem .75rem .2rem;color:var(--soft);white-space:nowrap;overflow:hidden}
.single .when span+span{display:none}
.lane{position:relative;min-width:0;margin-right:1.5rem;border:solid var(--life);border-width:0 2px;padding:.45rem .75rem .35rem}
.arrow{display:flex;gap:.75rem;position:relative;padding:0 .5rem .2rem;border-bottom:2px solid var(--tone);margin:0 -.6rem;white-space:nowrap}
.answer .arrow{border-bottom-style:dashed;border-bottom-width:1.5px}
.arrow b{color:var(--tone);font-weight:600}
.arrow .words{flex:1;min-width:0;overflow:hidden;text-overflow:ellipsis}
.arrow .words span{color:var(--soft)}
.arrow i{font-style:normal;color:var(--soft)}
.bad .arrow i,.warn .arrow i{color:var(--tone)}
.arrow::after{content:"";position:absolute;bottom:-6px;border:5px solid transparent}
.from-charger .arrow::after{right:-2px;border-left:9px solid var(--tone);border-right:0}
.from-csms .arrow::after{left:-2px;border-right:9px solid var(--tone);border-left:0}
.from-csms .arrow{flex-direction:row}
.charger{--tone:var(--charger)}.csms{--tone:var(--csms)}.bad{--tone:var(--bad)}.warn{--tone:var(--warn)}
.mark{--tone:var(--mark)}.quiet{--tone:var(--quiet)}
.band .note,.remark .note{color:var(--tone);overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.band .lane{border-width:2px;margin-top:.3rem;margin-bottom:.3rem;border-radius:.2rem;padding-top:.15rem;padding-bottom:.15rem}
.remark .note{padding:0 .5rem;border-left:3px solid var(--tone)}
pre{margin:0 1.5rem .6rem 9.5rem;padding:.6rem .9rem;border:solid var(--life);border-width:0 2px;background:color-mix(in srgb,var(--ink) 4%,transparent);white-space:pre-wrap;overflow-wrap:anywhere;font-size:12.5px}
.more{padding:.6rem .75rem;color:var(--soft);border-top:1px solid var(--rule);margin:0}
@media (max-width:48rem){summary,.heads{grid-template-columns:5.5rem 1fr}pre{margin-left:1rem}.when span+span{display:none}}
@media print{form{display:none}.heads{position:static}}
`;
