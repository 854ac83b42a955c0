/**
 * Packages that hold libraries under the LGPL and are unpacked beside the sealed archive, as files of their own: a
 * person may put their own build in their place, which is what the licence asks for. `electron-builder.yml` unpacks
 * them, which a test holds.
 */
const replaceable: readonly RegExp[] = [/^@audio\//, /^codec-parser$/, /^mpg123-decoder$/]

/** What of `asarUnpack` they need. */
export const unpackedForReplacement = [
  '**/node_modules/@audio/**',
  '**/node_modules/codec-parser/**',
  '**/node_modules/mpg123-decoder/**',
]

export const isReplaceable = (packageName: string): boolean => replaceable.some((pattern) => pattern.test(packageName))
