import { assert } from '../../base/assert.ts'
import { createParameterLayout, type StoredParameters } from '../../nn/parameters.ts'
import type { WavenetNetwork } from '../wavenet-autoencoder/gradients.ts'
import { addClassifier, addDecoder, addEncoder, addRegressor, type Shapes } from '../wavenet-autoencoder/parameters.ts'
import type { MusicTranslationConfig } from './config.ts'

/** A domain's id is part of its parameters' names: lower-case letters, digits and dashes. */
export const isDomainId = (id: string): boolean => /^[a-z0-9][a-z0-9-]{0,39}$/.test(id)

/** What the names of a domain's decoder begin with, in a network of several. */
export const decoderNameOf = (domainId: string): string => `domains/${domainId}`

/** What they begin with where the domain is alone with its encoder. */
const ALONE = 'decoder'

/**
 * Names and stored shapes of everything that is learned, in a fixed order: encoder, the decoders in the domains' order,
 * the classifier that tells the domains, and the regressor where there is pitch.
 */
export function musicTranslationShapes(
  config: MusicTranslationConfig,
  domainIds: readonly string[],
): ReadonlyMap<string, readonly number[]> {
  assert(
    domainIds.every(isDomainId) && new Set(domainIds).size === domainIds.length,
    'domains are told apart by ids of letters, digits and dashes',
  )
  const shapes: Shapes = new Map()
  addEncoder(shapes, config)
  for (const id of domainIds) addDecoder(shapes, config, decoderNameOf(id))
  addClassifier(shapes, config, domainIds.length)
  if (config.hasPitch) addRegressor(shapes, config)
  return shapes
}

/** What translates into one domain: the encoder, and its decoder under the name `decoder`. */
export function domainShapes(config: MusicTranslationConfig): ReadonlyMap<string, readonly number[]> {
  const shapes: Shapes = new Map()
  addEncoder(shapes, config)
  addDecoder(shapes, config, ALONE)
  return shapes
}

/** The network of these domains: a domain's index is its place in the list. */
export const musicTranslationNetwork = (
  config: MusicTranslationConfig,
  domainIds: readonly string[],
): WavenetNetwork<MusicTranslationConfig> => ({
  config,
  layout: createParameterLayout(musicTranslationShapes(config, domainIds)),
  singerCount: domainIds.length,
  decoders: domainIds.map(decoderNameOf),
})

/** Of a network of several, what `domainShapes` names. */
export function takeDomain(
  parameters: StoredParameters,
  config: MusicTranslationConfig,
  domainId: string,
): StoredParameters {
  return new Map(
    [...domainShapes(config).keys()].map((name) => {
      const isDecoders = name.startsWith(`${ALONE}/`)
      const stored = isDecoders ? decoderNameOf(domainId) + name.slice(ALONE.length) : name
      const found = parameters.get(stored)
      assert(found !== undefined, `parameter ${stored} is missing`)
      return [name, found]
    }),
  )
}

/**
 * One more domain for a trained encoder: a network of that domain alone, with fresh weights for everything but what is
 * taken over.
 * @param domain encoder and decoder of a domain: `takeDomain`
 * @param fresh of the new domain's network
 * @param startsFromDecoder whether its decoder begins as the given one, or fresh
 */
export function withTrainedEncoder(
  domain: StoredParameters,
  fresh: StoredParameters,
  domainId: string,
  startsFromDecoder: boolean,
): StoredParameters {
  const own = `${decoderNameOf(domainId)}/`
  return new Map(
    [...fresh].map(([name, begun]) => {
      if (name.startsWith('encoder/')) return [name, domain.get(name) ?? begun]
      if (!startsFromDecoder || !name.startsWith(own)) return [name, begun]
      return [name, domain.get(`${ALONE}/${name.slice(own.length)}`) ?? begun]
    }),
  )
}
