/** What stands before the wire in Electron's binary, so that it can be found. */
const SENTINEL = 'dL7pKGdnNz796PbbjQWNKmHXBZaB9tsX'
const WIRE_VERSION = 1

/** In the order of the wire, by the names that electron-builder gives them. */
export const fuseNames = [
  'runAsNode',
  'enableCookieEncryption',
  'enableNodeOptionsEnvironmentVariable',
  'enableNodeCliInspectArguments',
  'enableEmbeddedAsarIntegrityValidation',
  'onlyLoadAppFromAsar',
  'loadBrowserProcessSpecificV8Snapshot',
  'grantFileProtocolExtraPrivileges',
] as const
export type FuseName = (typeof fuseNames)[number]
export type FuseState = 'on' | 'off' | 'removed'

const stateOfByte: Readonly<Record<number, FuseState>> = { 0x30: 'off', 0x31: 'on', 0x72: 'removed' }

/**
 * Reads every fuse wire in a binary: one, or in a universal build of macOS one per processor. A wire is the sentinel,
 * a version byte, a length byte, and a byte per fuse.
 * @throws where there is no wire, or one of another version
 */
export function readFuseWires(binary: Buffer): readonly Readonly<Partial<Record<FuseName, FuseState>>>[] {
  const wires: Partial<Record<FuseName, FuseState>>[] = []
  for (let at = binary.indexOf(SENTINEL); at >= 0; at = binary.indexOf(SENTINEL, at + 1)) {
    const start = at + SENTINEL.length
    const version = binary[start]
    if (version !== WIRE_VERSION) throw new Error(`the fuse wire is of version ${version}, not ${WIRE_VERSION}`)
    const bytes = binary.subarray(start + 2, start + 2 + binary[start + 1])
    wires.push(Object.fromEntries(fuseNames.flatMap((name, index) => stateEntry(name, bytes.at(index)))))
  }
  if (wires.length === 0) throw new Error('no fuse wire was found: this is no binary of Electron')
  return wires
}

function stateEntry(name: FuseName, byte: number | undefined): [FuseName, FuseState][] {
  if (byte === undefined) return []
  const state = stateOfByte[byte]
  if (state === undefined) throw new Error(`the fuse ${name} holds the byte ${byte}, which means nothing`)
  return [[name, state]]
}

/** Which fuses of a binary are not as they were asked for, in words; a removed fuse can't be on, so it counts as off. */
export function fuseComplaints(binary: Buffer, asked: Readonly<Partial<Record<FuseName, boolean>>>): readonly string[] {
  return readFuseWires(binary).flatMap((wire) =>
    fuseNames.flatMap((name) => {
      const wanted = asked[name]
      if (wanted === undefined) return []
      const found = wire[name] ?? 'not on the wire'
      const isFine = wanted ? found === 'on' : found === 'off' || found === 'removed'
      return isFine ? [] : [`${name} should be ${wanted ? 'on' : 'off'} and is ${found}`]
    }),
  )
}
