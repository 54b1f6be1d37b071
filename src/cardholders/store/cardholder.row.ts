import { Column, Entity, PrimaryColumn } from 'typeorm';
import { bigintColumn } from '../../platform/database/columns.js';

@Entity({ schema: 'cardholders', name: 'cardholder' })
export class CardholderRow {
  @PrimaryColumn(bigintColumn())
  id: bigint;

  @Column({ type: 'text' })
  number: string;

  @Column({ type: 'text' })
  name: string;

  @Column({ type: 'text', name: 'name_en', nullable: true })
  nameEn: string | null;

  @Column({ type: 'text', name: 'group_code' })
  group: 'student' | 'staff' | 'guest';

  @Column({ type: 'text', name: 'wechat_openid', nullable: true })
  wechatOpenid: string | null;

  @Column({ type: 'text', name: 'wechat_unionid', nullable: true })
  wechatUnionid: string | null;

  @Column({ type: 'text' })
  status: 'active' | 'closed';

  @Column(bigintColumn({ nullable: true }))
  host: bigint | null;

  @Column({ type: 'smallint', name: 'family_seat', nullable: true })
  familySeat: 1 | 2 | null;

  @Column({ type: 'timestamptz', name: 'created_at' })
  createdAt: Date;
}
