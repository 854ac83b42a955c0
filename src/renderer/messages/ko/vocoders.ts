import type { Translation } from '../catalog.ts'
import type { vocoders as english } from '../en/vocoders.ts'
import { withParticle } from '../korean-particles.ts'

export const vocoders = {
  // VocoderSection
  vocoders: '보코더',
  none: '프로그램에 들어 있는 렌더러에는 보코더가 필요하지 않습니다.',
  train: '보코더 학습',
  importVocoder: '보코더 가져오기',
  notImported: '보코더를 가져오지 못했습니다',
  isImported: (name) => `${withParticle(name, '을/를')} 렌더러로 선택할 수 있습니다.`,
  isIn: (name, path) => `${name}: ${path}`,
  notExported: '보코더를 내보내지 못했습니다',
  notRemoved: '보코더를 제거하지 못했습니다',
  removeQuestion: (name) => `${withParticle(name, '을/를')} 이 컴퓨터에서 제거할까요?`,
  removeNote: '곡에는 이미 렌더링한 것이 남지만, 이 보코더로 새로 렌더링할 수는 없습니다.',
  stepsOf: (network, steps) => `${network}, ${steps}단계`,

  // VocoderHead
  vocoder: '보코더',
  name: '보코더 이름',
  licence: '보코더로 할 수 있는 일',
  people: '사람',
  peopleNote: '변환된 특징을 샘플로 바꾸는 법을 사람들의 녹음에서 학습합니다.',
  folderOfPeople: '사람별 폴더',
  addPerson: '사람 추가',
  experimentalNote:
    '실험적: 지금까지 학습한 보코더는 필터와 WORLD에 미치지 못합니다. 학습 결과를 평가할 수 있도록 여덟 명 중 한 명은 학습에서 제외합니다.',
  personNumber: (number) => `사람 ${number}`,
  nameOf: (number) => `사람 ${number} 이름`,
  recordingsOf: (name) => `${name}의 녹음`,
  dropRecordings: '한 사람의 말이나 노래 녹음을 끌어다 놓으세요.',
  dropNote: '울림 없이 혼자 녹음한 것. 한 사람의 긴 녹음보다 여러 사람의 녹음이 중요합니다.',
  needsName: '보코더에 이름이 필요합니다.',

  // NetworkBlock
  network: '네트워크',
  networks: { 'source-filter': '소스와 필터', flow: '플로', wavenet: 'WaveNet', 'parallel-wavenet': '병렬 WaveNet' },
  sizes: { compact: '작게', large: '크게' },
  sized: (network, size) => `${network}, ${size}`,
  networkNotes: {
    'source-filter': '펄스와 잡음을 층에 통과시킵니다. 가장 빠릅니다',
    flow: '되돌릴 수 있는 네트워크로 잡음을 소리로 만듭니다',
    wavenet: '샘플을 하나씩 만듭니다. 렌더링이 느립니다',
    'parallel-wavenet': 'WaveNet의 제자로 모든 샘플을 한꺼번에 만듭니다. 학습된 WaveNet이 필요합니다',
  },

  teacher: '스승',
  needsTeacher: '제자는 학습된 WaveNet에서 배웁니다. 먼저 하나를 학습하거나 가져오세요.',

  // VocoderRun, LearnedVocoder
  trainAnother: '다른 보코더 학습',
  learned: (steps, people, time) => `${steps}단계, ${people}명, ${time} 학습`,
  heldOut: (names, loss) => `제외한 사람: ${names}. 그 사람들에 대한 손실 ${loss}.`,
  chosenInInspector: '인스펙터에서 선택한 리전이 이 보코더로 렌더링됩니다.',
  afterFirstCheck: '첫 점검 뒤에 선택할 수 있습니다.',
  studentOf: (name) => `${name}의 제자입니다.`,
  learnsFrom: (names) => `${names}의 녹음에서 학습합니다`,

  // VocoderCheckpoints
  person: '사람',
  notLearnedFrom: (name) => `${name} (학습에서 제외)`,
  isSinging: (step) => `${step}단계가 녹음을 부르는 중`,
} satisfies Translation<typeof english>
