import { part } from '../shared/element.js';
import { chooseLanguage, language } from '../shared/language.js';
import { ReceiptPage } from './receipt-page.js';

chooseLanguage(language());
const token = location.pathname.split('/').at(-1) ?? '';
void new ReceiptPage(token, part('content'), part('head')).open();
