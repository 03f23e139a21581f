//! Writes what was drawn, as JSON, YAML or CSV.

use serde_json::Value;

use super::arguments::{Drawn, Format};
use crate::cli::printing;
use crate::cli::problem::Problem;

/// Prints one, or a list where a count was given.
pub(super) fn print(drawn: &Drawn, mut items: Vec<Value>) -> Result<(), Problem> {
    let text = match drawn.format {
        Format::Csv => csv(&items),
        format => {
            let whole = match drawn.count {
                Some(_) => Value::Array(items),
                None => items.pop().unwrap_or(Value::Null),
            };
            if format == Format::Yaml {
                yaml(&whole)?
            } else {
                format!("{whole:#}\n")
            }
        }
    };
    printing::print(&text)
}

fn yaml(value: &Value) -> Result<String, Problem> {
    serde_yaml::to_string(value)
        .map_err(|error| Problem::invalid(format!("cannot be written as YAML: {error}")))
}

/// A heading with every column that any of them has, and a line for each, by RFC 4180 but for its line ends.
fn csv(items: &[Value]) -> String {
    let rows: Vec<Vec<(String, String)>> = items.iter().map(flat).collect();
    let mut columns: Vec<&str> = Vec::new();
    for (name, _) in rows.iter().flatten() {
        if !columns.contains(&name.as_str()) {
            columns.push(name);
        }
    }
    let mut text = line(columns.iter().copied());
    for row in &rows {
        let cell = |column: &&str| {
            row.iter()
                .find(|(name, _)| name == column)
                .map_or("", |(_, cell)| cell)
        };
        text += &line(columns.iter().map(cell));
    }
    text
}

/// The members of an object as columns; those of an object in it carry its name before their own.
fn flat(item: &Value) -> Vec<(String, String)> {
    let mut cells = Vec::new();
    for (name, value) in item.as_object().into_iter().flatten() {
        match value {
            Value::Object(_) => {
                let inner = flat(value).into_iter();
                cells.extend(inner.map(|(inner, cell)| (format!("{name}.{inner}"), cell)));
            }
            Value::String(text) => cells.push((name.clone(), text.clone())),
            other => cells.push((name.clone(), other.to_string())),
        }
    }
    cells
}

fn line<'a>(cells: impl Iterator<Item = &'a str>) -> String {
    let quoted = cells.map(|cell| {
        if cell.contains([',', '"', '\n', '\r']) {
            format!("\"{}\"", cell.replace('"', "\"\""))
        } else {
            cell.to_owned()
        }
    });
    quoted.collect::<Vec<_>>().join(",") + "\n"
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn columns_are_the_union_and_cells_are_quoted_where_needed() {
        let items = [
            json!({ "a": "x,y", "b": { "c": 1 } }),
            json!({ "a": "say \"hi\"", "d": "z" }),
        ];
        assert_eq!(csv(&items), "a,b.c,d\n\"x,y\",1,\n\"say \"\"hi\"\"\",,z\n");
    }

    #[test]
    fn yaml_reads_back_as_the_same_value() {
        let value = json!({ "postnummer": "0301", "landkode": "NO", "ja": true, "beloep": 8000.5, "tom": "", "null": "~" });
        let text = yaml(&value).unwrap();
        let file = crate::source::SourceFile::new("x.yaml", text.as_str());
        let read = crate::source::parse_documents(&file).unwrap();
        assert_eq!(read[0].to_json(), value, "{text}");
    }
}
