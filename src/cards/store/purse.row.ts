import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'cards', name: 'purse_kind' })
export class PurseKindRow {
  @PrimaryColumn({ type: 'text' })
  code: string;
  @Column({ name: 'name_zh', type: 'text' })
  nameZh: string;
  @Column({ name: 'name_en', type: 'text' })
  nameEn: string;
  @Column({ name: 'place_kinds', type: 'text', array: true, nullable: true })
  placeKinds: string[] | null;
  @Column({ type: 'bigint', array: true, nullable: true })
  places: string[] | null;
  @Column({ type: 'text', array: true, nullable: true })
  meals: string[] | null;
}

@Entity({ schema: 'cards', name: 'purse_order' })
export class PurseOrderRow {
  @PrimaryColumn({ name: 'group_code', type: 'text' })
  groupCode: string;
  @PrimaryColumn({ type: 'int' })
  position: number;
  @Column({ type: 'text' })
  kind: string;
}
