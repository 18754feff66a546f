// The style of a comparison page, in addition to the style that all pages share (page-style.ts). One constant text, so
// that the page's policy can allow it by its hash; no element has a style attribute.

/** The style sheet that follows the shared one. */
export const comparisonStyle: string = `
main{max-width:96rem}
section{margin-top:2.75rem}
section>h2{margin:0 0 .5rem;font-size:1.2rem;overflow-wrap:anywhere}
.good{--tone:var(--csms)}.bound{--tone:var(--charger)}
.verdict{display:inline-block;padding:.1rem .9rem;border-radius:1rem;border:1.5px solid var(--tone);color:var(--tone);font-weight:600;margin-right:.75rem}
.totals{list-style:none;display:flex;flex-wrap:wrap;gap:.4rem .6rem;margin:.9rem 0 0;padding:0}
.totals li{display:flex;align-items:baseline;gap:.45rem;padding:.15rem .8rem;background:var(--panel);border:1px solid var(--rule);border-left:4px solid var(--tone);border-radius:.25rem}
.totals b{font-weight:600;font-variant-numeric:tabular-nums}
.totals span{color:var(--soft)}
.notes{margin:.8rem 0 0;padding-left:1.2rem;color:var(--soft)}
#filter{margin:1.5rem 0 -1rem}
.sides{margin-top:1rem;background:var(--panel);border:1px solid var(--rule)}
.sides .heads{grid-template-columns:7rem minmax(8rem,13rem) minmax(0,1fr) minmax(0,1fr) 7.5rem}
.sides .heads div{grid-column:auto;padding:.45rem .75rem;border-left:1px solid var(--rule);color:var(--soft);overflow:hidden;text-overflow:ellipsis;white-space:nowrap;display:block}
.sides .heads div:first-child{border-left:0}
.sides .heads .side{color:var(--ink)}
.sides .rows{padding:0}
.sides .row{contain-intrinsic-size:auto 3rem;border-top:1px solid var(--rule);border-left:4px solid transparent;margin-left:-4px}
.sides .row:first-child{border-top:0}
.sides .row.differs{border-left-color:var(--tone);background:color-mix(in srgb,var(--tone) 6%,transparent)}
.sides summary{grid-template-columns:7rem minmax(8rem,13rem) minmax(0,1fr) minmax(0,1fr) 7.5rem}
.sides summary>*{padding:.4rem .75rem;min-width:0}
.sides .when{display:block}
.sides .when span{display:block}
.what b{font-weight:600;overflow-wrap:anywhere}
.what.charger b{color:var(--charger)}.what.csms b{color:var(--csms)}
.what span{display:block;color:var(--soft);font-size:.92em}
.side{border-left:1px solid var(--rule)}
.side div{display:flex;gap:.5rem;white-space:nowrap}
.side code{overflow:hidden;text-overflow:ellipsis;min-width:0;flex:1;font-size:1em}
.side i{font-style:normal;color:var(--soft)}
.side .ask code{color:var(--soft)}
.side .none{font-style:italic}
.result{text-align:right}
.result .badge{color:var(--tone)}
.why{margin:0 .75rem .5rem 7.75rem;color:var(--soft)}
.differences{width:auto;margin:0 .75rem .7rem 7.75rem;border-color:color-mix(in srgb,var(--tone) 35%,var(--rule))}
.differences td,.differences th{padding:.2rem .7rem;font-size:12.5px}
.differences td:first-child{white-space:nowrap}
.differences .then{color:var(--soft)}
.differences .now{color:var(--tone)}
.differences tr.minor td{color:var(--quiet)}
.whole{display:grid;grid-template-columns:1fr 1fr;border-top:1px dashed var(--rule)}
.whole pre{margin:0;border-width:0;min-width:0}
.whole pre+pre{border-left:1px solid var(--rule)}
.whole h3{grid-column:1/-1;margin:0;padding:.35rem .75rem;font-size:12px;font-weight:500;color:var(--soft);background:color-mix(in srgb,var(--ink) 4%,transparent)}
.whole mark{color:inherit;background:color-mix(in srgb,var(--tone) 28%,transparent);border-radius:.15rem}
.remark.row{padding:.5rem .75rem;display:grid;grid-template-columns:7rem 1fr 7.5rem;gap:0 .75rem}
.remark p{margin:0;overflow-wrap:anywhere;color:var(--tone);font-weight:600}
.remark .when{padding:0}
@media (max-width:60rem){.sides .heads{display:none}.sides summary{grid-template-columns:1fr auto}.sides .when,.sides .side{grid-column:1/-1}.why,.differences{margin-left:.75rem}.whole{grid-template-columns:1fr}}
@media print{.sides .heads{position:static}}
`;
