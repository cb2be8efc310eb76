/* The page without network: the kept article of this address, and what else is at hand. */
(() => {
  "use strict";

  const at = (id) => document.getElementById(id);
  const two = (number) => String(number).padStart(2, "0");

  /* 14 giờ 05, 26/9/2024, as portal/dates.py writes them: of the months only 1 and 2 with a zero. */
  const moment = (time) => {
    const day = new Date(time);
    const month = day.getMonth() + 1;
    const date = `${two(day.getDate())}/${month < 3 ? two(month) : month}/${day.getFullYear()}`;
    return `${day.getHours()} giờ ${two(day.getMinutes())}, ${date}`;
  };

  const line = ({ address, title, at: time }) => {
    const row = at("mot-dong").content.cloneNode(true);
    const link = row.querySelector("a");
    link.href = address;
    link.textContent = title;
    row.querySelector("[data-at]").textContent = moment(time);
    return row;
  };

  const showList = (id, rows) => {
    at(id).hidden = !rows.length;
    at(id).querySelector("ul").replaceChildren(...rows);
  };

  const showPapers = (papers) => {
    const rows = papers.map((one, place) => {
      const row = line(one);
      const about = row.querySelector("[data-about]");
      about.hidden = place > 0 && papers[place - 1].about === one.about;
      about.firstChild.textContent = one.about;
      return row;
    });
    showList("tai-lieu", rows);
  };

  const showArticle = async (cache, article) => {
    const { html } = await (await cache.match(article.address)).json();
    at("bai").innerHTML = html;
    at("khong-mang").hidden = true;
    at("bai").hidden = at("da-luu").hidden = false;
    at("luc").textContent = moment(article.at);
    document.title = article.title;
  };

  const show = async () => {
    const store = "caches" in window ? await Kept.current() : null;
    const { articles, papers, text } = store ? store.index : { articles: [], papers: [] };
    if (text) document.documentElement.dataset.text = text;
    const article = articles.find((one) => one.address === location.pathname);
    if (article) await showArticle(store.cache, article);
    showList("cac-bai", articles.filter((one) => one !== article).map(line));
    showPapers(papers);
    at("chua-co").hidden = articles.length + papers.length > 0;
    document.body.dataset.shown = "";
  };

  show();
})();
