const secondsOf: Readonly<Record<string, number>> = { s: 1, m: 60, h: 3600, d: 86_400 };

/** Seconds of a TTL as APIs write it (`5m`, `1h`, `600s`); undefined for anything else. */
export function parseTtl(text: string): number | undefined {
  const match = /^(\d+(?:\.\d+)?)([smhd])$/.exec(text);
  return match ? Number(match[1]) * secondsOf[match[2]!]! : undefined;
}
