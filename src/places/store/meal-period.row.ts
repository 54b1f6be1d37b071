import { Column, Entity, PrimaryColumn } from 'typeorm';

@Entity({ schema: 'places', name: 'meal_period' })
export class MealPeriodRow {
  @PrimaryColumn({ type: 'text' })
  code: string;
  @Column({ name: 'name_zh', type: 'text' })
  nameZh: string;
  @Column({ name: 'name_en', type: 'text' })
  nameEn: string;
  @Column({ name: 'from_time', type: 'time' })
  fromTime: string;
  @Column({ name: 'until_time', type: 'time' })
  untilTime: string;
}
