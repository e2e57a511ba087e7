-- Visible copies whose headline or text holds every word of a query, best first
create macro wire.search(q) as table
with words as (
    select distinct unnest(regexp_extract_all(lower(q), '[\p{L}\p{N}]+')) as word
),
asked as (
    select list(word) as words, count(*) as number from words
),
found as (
    select
        r.item_key,
        list_sum(list_transform(asked.words, lambda w: ln(1 + length(regexp_replace(lower(r.headline), w, w || chr(1), 'g'))
            - length(r.headline)) * 3 + ln(1 + greatest(0, length(replace(lower(r.body), w, w || chr(1))) - length(r.body))))) as score
    from core.revision r
    join core.item i on i.revision_key = r.revision_key
    cross join asked
    where asked.number > 0
      and len(list_filter(asked.words, lambda w: contains(lower(r.headline || ' ' || r.body), w))) = asked.number
)
select f.score, c.*
from found f
join wire.copies c on c.item_key = f.item_key
order by f.score desc, c.published_at desc nulls last, c.item_key;

comment on macro table wire.search is 'Visible copies whose headline or text holds every word of a query, best first';
