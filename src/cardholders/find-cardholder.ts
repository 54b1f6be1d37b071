/** Whoever asks for a cardholder gets the person, never a password or a sign-in. */
import { Injectable } from '@nestjs/common';
import { DataSource, type FindOptionsWhere } from 'typeorm';
import { Refusal } from '../platform/errors/problem.js';
import { cardholderProblems } from './cardholders.errors.js';
import { CardholderRow } from './store/cardholder.row.js';

export type Cardholder = {
  readonly id: bigint;
  readonly number: string;
  readonly name: string;
  readonly nameEn: string | null;
  readonly group: 'student' | 'staff' | 'guest';
  readonly wechatOpenid: string | null;
  readonly status: 'active' | 'closed';
  readonly createdAt: Date;
};

export type CardholderSearch = {
  /** The beginning of a number, or a part of a name. */
  readonly search?: string;
  /** The last id of the page before. */
  readonly after?: bigint;
  readonly limit: number;
};

@Injectable()
export class FindCardholder {
  constructor(private readonly database: DataSource) {}

  /** @throws {Refusal} cardholder_unknown */
  byId(id: bigint): Promise<Cardholder> {
    return this.required({ id });
  }

  /** @throws {Refusal} cardholder_unknown */
  byNumber(number: string): Promise<Cardholder> {
    return this.required({ number });
  }

  /** By id, upwards. */
  list({ search, after = 0n, limit }: CardholderSearch): Promise<Cardholder[]> {
    const page = this.database
      .getRepository(CardholderRow)
      .createQueryBuilder('c')
      .where('c.id > :after', { after: after.toString() })
      .orderBy('c.id')
      .limit(limit);
    if (search !== undefined && search !== '') {
      const text = search.replaceAll(/[\\%_]/g, (sign) => `\\${sign}`);
      page.andWhere('(c.number ilike :start or c.name ilike :part or c.name_en ilike :part)', {
        start: `${text}%`,
        part: `%${text}%`,
      });
    }
    return page.getMany();
  }

  private async required(where: FindOptionsWhere<CardholderRow>): Promise<Cardholder> {
    const row = await this.database.getRepository(CardholderRow).findOneBy(where);
    if (row === null) throw new Refusal(cardholderProblems, 'cardholder_unknown');
    return row;
  }
}
