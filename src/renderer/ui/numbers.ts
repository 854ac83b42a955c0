/** A number for people: a real minus sign and a fixed count of decimals; zero has no sign. */
export function formatNumber(value: number, decimals: number): string {
  const text = Math.abs(value).toFixed(decimals)
  return value < 0 && Number(text) !== 0 ? `−${text}` : text
}

/** Reads what a person typed into a number field; null when it is no number. Takes both minus signs and a comma. */
export function parseNumber(text: string): number | null {
  const plain = text.trim().replace('−', '-').replace(',', '.').replace(/^\+/, '')
  if (!/^-?(\d+\.?\d*|\.\d+)/.test(plain)) return null
  const value = Number.parseFloat(plain)
  return Number.isFinite(value) ? value : null
}

/** "4 960": thin groups in large numbers. */
export const formatCount = (value: number): string =>
  Math.round(value)
    .toString()
    .replace(/\B(?=(\d{3})+$)/g, '\u2009')

const byteUnits = ['B', 'kB', 'MB', 'GB', 'TB'] as const

/** "41 GB", "1.4 MB": decimal units, as disks are sold and file managers count. */
export function formatBytes(bytes: number): string {
  const power = bytes < 1000 ? 0 : Math.min(4, Math.floor(Math.log10(bytes) / 3))
  const value = bytes / 1000 ** power
  return `${value < 10 && power > 1 ? value.toFixed(1) : Math.round(value)} ${byteUnits[power]}`
}
