-- All evidence stands under the boilerplate that was learnt last.
update {table} set boilerplate_version = $version where boilerplate_version is distinct from $version
