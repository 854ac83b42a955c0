import type { Translation } from '../catalog.ts'
import type { instruments as english } from '../en/instruments.ts'
import { withParticle } from '../korean-particles.ts'

export const instruments = {
  // InstrumentSection
  instruments: '악기',
  none: '학습한 음악 도메인이 여기에서 멜로디를 연주합니다. 실험적입니다.',
  train: '악기 학습',
  importInstrument: '악기 가져오기',
  notImported: '악기를 가져오지 못했습니다',
  isImported: (name) => `${withParticle(name, '이/가')} 연주할 수 있습니다.`,
  isIn: (name, path) => `${name}: ${path}`,
  notExported: '악기를 내보내지 못했습니다',
  notRemoved: '악기를 제거하지 못했습니다',
  playSelected: '선택한 리전 연주',
  addBeside: '같은 인코더로 다른 악기 학습',
  removeQuestion: (name) => `${withParticle(name, '을/를')} 이 컴퓨터에서 제거할까요?`,
  removeNote: '곡에는 연주된 소리가 남지만, 이 악기로 새로 연주할 수는 없습니다.',
  learnedFor: (time) => `실험적, ${time} 학습`,

  // DomainsHead
  rights: '권리',
  severalNote: '둘 이상을 하나의 인코더로, 저마다의 녹음에서 학습합니다.',
  besideNote: (name) => `${name} 인코더는 그대로 두고 하나를 더 학습합니다.`,
  addInstrument: '악기 추가',
  whose: '누구의 녹음인지',
  licence: '악기로 할 수 있는 일',
  mayLearn: '연주한 모두가 동의했거나, 동의를 받지 않아도 되는 녹음입니다.',
  experimentalNote:
    '실험적: 시험한 크기에서는 녹음된 악기의 멜로디가 일부만 남았고, 음이 잡음에 묻힐 때가 많았습니다. 렌더마다 연주한 것과 비교해 측정합니다.',

  // DomainBlock
  instrumentNumber: (number) => `악기 ${number}`,
  nameOf: (number) => `악기 ${number} 이름`,
  addRecordings: '녹음 추가',
  leaveOut: (name) => `${name} 빼기`,
  dropRecordings: '한 악기, 합주 또는 목소리의 녹음을 끌어다 놓으세요.',
  dropNote: '울림 없이 혼자 연주한 녹음, 길수록 좋습니다.',
  needsWhose: '누구의 녹음인지 알려 주세요.',
  needsAgreement: '이 녹음에서 학습해도 되는지 확인하세요.',

  // RecordingTable
  recording: '녹음',

  // SizeBlock
  size: '크기',
  sizes: { preview: '미리보기', compact: '소형', paper: '논문대로', long: '논문대로, 더 길게' },
  sizeNotes: {
    preview: '멜로디를 알려 줌, 단선율에 알맞음',
    compact: '음과 화음, 빠른 엔진용',
    paper: '그래픽 장치로 며칠 걸림',
    long: '더 멀리 듣고, 그만큼 더 오래 걸림',
  },
  sameSize: (name) => `${name} 크기`,
  sameSizeNote: '디코더 하나를 더하고 인코더는 그대로 둠',

  // DomainRun
  trainOthers: '다른 악기 학습',
  terms: {
    reconstruction: '재구성',
    classifier: '악기 구별',
    accuracy: '바르게 구별',
    regressor: '음정 구별',
  },

  // LearnedDomains
  countRecordings: (count) => `녹음 ${count}개`,
  canPlay: (steps) => `${steps}단계부터 연주 가능`,
  afterFirstCheck: '첫 확인 뒤 연주 가능',
} satisfies Translation<typeof english>
