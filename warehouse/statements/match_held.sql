-- Evidence held between the items of pairs that matched anew.
select {columns} from core.match semi join staged_match using (a_key, b_key)
