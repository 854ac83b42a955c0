/** What a network is made of, for a person who wants to understand it before paying for it. */
export interface Explanation {
  readonly label: string
  readonly about: string
  /** Whose it is. */
  readonly source: string
  /** By name; `tiny` is for tests. */
  readonly sizes: readonly string[]
  explain(size: string): SizeExplanation | null
}

export interface SizeExplanation {
  readonly parameterCount: number
  readonly reach: Reach
  readonly layers: readonly LayerGroup[]
  /** Multiplications for a second of sound, or for one picture. */
  readonly multiplications: number
  readonly unit: 'second of sound' | 'picture'
}

/** What one output sees. */
export interface Reach {
  readonly count: number
  readonly unit: 'samples' | 'frames' | 'rows and columns'
  /** Null where there is no time. */
  readonly sec: number | null
}

/** Layers of one shape: their names differ in numbers only. */
export interface LayerGroup {
  readonly name: string
  readonly times: number
  readonly inputs: number
  readonly outputs: number
  /** Along one axis, or along both. */
  readonly taps: number
  readonly dilations: readonly number[]
  readonly multiplications: number
}

/** How often a layer runs, and how far apart its taps stand, told by its name. */
export interface LayerFacts {
  /** Places per second of sound, or per picture. */
  readonly places: (name: string) => number
  readonly dilation?: (name: string) => number
}

/** Groups weights [out, in, …taps] by shape and by their name without its numbers. */
export function groupLayers(
  shapes: ReadonlyMap<string, readonly number[]>,
  { places, dilation = () => 1 }: LayerFacts,
): LayerGroup[] {
  const groups = new Map<string, LayerGroup>()
  for (const [path, shape] of shapes) {
    if (!path.endsWith('/weight')) continue
    const name = path.slice(0, -'/weight'.length)
    const [outputs, inputs, ...taps] = shape
    const title = name.replaceAll(/\d+/g, '…')
    const key = `${title} ${shape.join()}`
    const count = shape.reduce((product, size) => product * size, 1)
    const known = groups.get(key)
    groups.set(key, {
      name: title,
      times: (known?.times ?? 0) + 1,
      inputs,
      outputs,
      taps: taps.reduce((product, size) => product * size, 1),
      dilations: [...(known?.dilations ?? []), dilation(name)],
      multiplications: (known?.multiplications ?? 0) + count * places(name),
    })
  }
  return [...groups.values()]
}

export const countParameters = (shapes: ReadonlyMap<string, readonly number[]>): number =>
  [...shapes.values()].reduce((sum, shape) => sum + shape.reduce((product, size) => product * size, 1), 0)

/** A size as it is shown, from its shapes. */
export function explainShapes(
  shapes: ReadonlyMap<string, readonly number[]>,
  facts: LayerFacts,
  reach: Reach,
  unit: SizeExplanation['unit'] = 'second of sound',
): SizeExplanation {
  const layers = groupLayers(shapes, facts)
  return {
    parameterCount: countParameters(shapes),
    reach,
    layers,
    multiplications: layers.reduce((sum, { multiplications }) => sum + multiplications, 0),
    unit,
  }
}

/** The number behind a word in a name: `layer` of `block1/layer3/in` is 3. */
export function numberAfter(word: string, name: string): number {
  const found = new RegExp(`${word}(\\d+)`).exec(name)
  return found === null ? 0 : Number(found[1])
}
