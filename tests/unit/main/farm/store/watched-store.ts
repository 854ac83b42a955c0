import type { ObjectStore } from '../../../../../src/main/farm/store/object-store.ts'

/** A store that tells what was asked of it, and does something before each of these. */
export function watched(store: ObjectStore) {
  const written: string[] = []
  const read: string[] = []
  const before = { write: (_name: string): void => {}, read: (_name: string): void => {} }
  const watching: ObjectStore = {
    ...store,
    read(name) {
      before.read(name)
      read.push(name)
      return store.read(name)
    },
    write(name, bytes) {
      before.write(name)
      written.push(name)
      return store.write(name, bytes)
    },
  }
  const piecesIn = (names: readonly string[]) => names.filter((name) => name.startsWith('pieces/')).length
  return {
    store: watching,
    before,
    get piecesWritten() {
      return piecesIn(written)
    },
    get piecesRead() {
      return piecesIn(read)
    },
    forget() {
      written.length = 0
      read.length = 0
    },
  }
}
