import { must, mustEqual } from '../check.js';
import { mustBeSameBytes, type TerminalCheck } from './terminal-world.js';

/** Sections 3 and 6, for terminals that can. */
export const furtherChecks: readonly TerminalCheck[] = [
  {
    rule: 'R35',
    title: 'repeats a capture by the same bytes until it is answered, also after a loss of power',
    tariff: { type: 'metered', hold: 500, unit: 'liter', unitPrice: 5, holdSeconds: 900 },
    needs: 'capture',
    run: async (world) => {
      const { service } = world;
      await world.scan();
      service.faults.capture = ['lost', { problem: 'unavailable' }, 'answer_lost'];
      await world.act({ do: 'capture', amount: 137, final: true });
      await world.pass(8_000);
      await world.act({ do: 'reboot' });
      await world.pass(60_000);
      const captures = service.requests('capture');
      must(captures.length >= 3, `${captures.length} captures arrived`);
      mustBeSameBytes(captures, 'the capture');
      mustEqual(service.book.captures.size, 1, 'captures');
      return `${captures.length + 1} sendings, one capture`;
    },
  },
  {
    rule: 'R36',
    title: 'stops at a capture that is refused for good',
    tariff: { type: 'metered', hold: 500, unit: 'liter', unitPrice: 5, holdSeconds: 900 },
    needs: 'capture',
    run: async (world) => {
      const { service } = world;
      await world.scan();
      const refused = { problem: 'capture_exceeds_hold' } as const;
      service.faults.capture = [refused, refused];
      await world.act({ do: 'capture', amount: 137, final: true });
      await world.pass(30_000);
      mustEqual(service.requests('capture').length, 1, 'captures');
      return 'one';
    },
  },
  {
    rule: 'R93',
    title: 'brings the same new key again when the answer was lost',
    needs: 'key',
    run: async (world) => {
      const { service } = world;
      service.faults.key = ['answer_lost'];
      await world.act({ do: 'rotate_key' });
      await world.pass(6_000);
      await world.act({ do: 'reboot' });
      await world.act({ do: 'rotate_key' });
      await world.pass(6_000);
      const keys = new Set(service.requests('key').map(({ json }) => json['publicKey']));
      mustEqual(
        [keys.size, service.requests('key').length >= 2],
        [1, true],
        'new keys, sent again',
      );
      return 'one key, sent twice';
    },
  },
  {
    rule: 'R94',
    title: 'signs by the new key alone once it has its name, also after a loss of power',
    needs: 'key',
    run: async (world) => {
      const { service } = world;
      await world.act({ do: 'rotate_key' });
      await world.pass(1_000);
      await world.act({ do: 'reboot' });
      const before = service.log.length;
      await world.scan();
      await world.pass(61_000);
      const later = new Set(service.log.slice(before).map(({ keyId }) => keyId));
      mustEqual([...later], ['t-12.2'], 'the keys of what came then');
      return 't-12.2';
    },
  },
  {
    rule: 'R92',
    title: 'proves its new key by both',
    needs: 'key',
    run: async (world) => {
      const { service } = world;
      await world.act({ do: 'rotate_key' });
      await world.pass(1_000);
      must(service.requests('key').length > 0, 'no key came');
      const wrong = service.broken.filter(({ rule }) => rule === 'R92');
      mustEqual(wrong, [], 'proofs');
      return 'the proof verifies';
    },
  },
];
