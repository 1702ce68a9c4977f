// Finds the number whose hash with a text begins with so many zero bits: `task` is `<bits>.<text>`. Each try yields to the page.
export async function work(task, done) {
  const [bits, text] = task.split(".");
  const encoder = new TextEncoder();
  for (let number = 0; ; number++) {
    const hash = await crypto.subtle.digest("SHA-256", encoder.encode(`${text}.${number}`));
    if (new DataView(hash).getUint32(0) >>> (32 - bits) === 0) return done(String(number));
  }
}
