-- Passages that very many texts tell, and how many of these had been sought before.
select passage, count(*) filter (sought) as before
from ({told})
group by passage
having count(*) > $most
