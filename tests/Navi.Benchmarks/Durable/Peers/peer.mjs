// What the programs of all peers share: they run bursts as lines on standard input ask for, answer each with one line of JSON, and end with their input.
import { createInterface } from 'node:readline';

/** So many at once until `most` have begun or the time is over; each begins the next when its own has ended. */
export async function burst(concurrency, most, milliseconds, one) {
  const ms = [];
  const began = performance.now();
  let begun = 0;
  await Promise.all(Array.from({ length: concurrency }, async () => {
    while (begun < most && performance.now() - began < milliseconds) {
      begun++;
      const asked = performance.now();
      await one();
      ms.push(performance.now() - asked);
    }
  }));
  return { per_s: ms.length / ((performance.now() - began) / 1000), ms };
}

/** A gate that has reached its wait says so here; what comes after is timed apart. */
export class Waiting {
  #reached = 0;

  arrived() {
    this.#reached++;
  }

  async until(count) {
    while (this.#reached < count) await new Promise((resolve) => setTimeout(resolve, 10));
    this.#reached -= count;
    // The wait itself is recorded after the code has asked for it.
    await new Promise((resolve) => setTimeout(resolve, 500));
  }
}

/** Obeys `chain|fan CONCURRENCY MOST MILLISECONDS` and `gate COUNT`. */
export async function obey({ chain, fan, start, decide }, waiting) {
  console.log('ready');
  for await (const line of createInterface({ input: process.stdin })) {
    const [shape, ...numbers] = line.split(' ');
    const [first, most, milliseconds] = numbers.map(Number);
    if (shape === 'gate') {
      const gates = await Promise.all(Array.from({ length: first }, () => start()));
      await waiting.until(first);
      const ms = [];
      for (const gate of gates) {
        const raised = performance.now();
        await decide(gate);
        ms.push(performance.now() - raised);
      }
      console.log(JSON.stringify({ per_s: 0, ms }));
    } else {
      console.log(JSON.stringify(await burst(first, most, milliseconds, shape === 'chain' ? chain : fan)));
    }
  }
}
