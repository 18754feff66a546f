// Durations counted in buckets, each 5 % larger than the one before: cheap to add to, exact to 5 %.

const growth = 1.05;
const smallestMs = 0.001;

/** Makes an empty histogram. */
export function createHistogram() {
  const buckets = [];
  let count = 0;
  const quantile = (share) => {
    let left = Math.ceil(count * share);
    const at = buckets.findIndex((many = 0) => {
      left -= many;
      return left <= 0;
    });
    return at < 0 ? 0 : smallestMs * growth ** at;
  };
  return {
    add(ms) {
      const at = Math.max(0, Math.round(Math.log(ms / smallestMs) / Math.log(growth)));
      buckets[at] = (buckets[at] ?? 0) + 1;
      count++;
    },
    summary: () => ({ p50Ms: quantile(0.5), p99Ms: quantile(0.99) }),
  };
}
