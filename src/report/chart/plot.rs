//! One chart.

use super::{Scale, Tick};

/// How a series is drawn.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) enum Mark {
    /// As a line from point to point.
    Line,
    /// As a bar from the axis to each point above it, moved by so many pixels so that two series do not hide each other.
    Bars(i8),
}

/// One series of points.
#[derive(Debug, Clone)]
pub(in crate::report) struct Series {
    /// Its name, for the legend.
    pub(in crate::report) name: &'static str,
    /// The class that gives it its colour and dashes.
    pub(in crate::report) class: &'static str,
    /// How it is drawn.
    pub(in crate::report) mark: Mark,
    /// Its points; `None` breaks a line.
    pub(in crate::report) points: Vec<Option<(f64, f64)>>,
}

/// An axis.
#[derive(Debug, Clone)]
pub(in crate::report) struct Axis {
    /// How values are laid along it.
    pub(in crate::report) scale: Scale,
    /// Its marks.
    pub(in crate::report) ticks: Vec<Tick>,
    /// What is laid along it, with its unit.
    pub(in crate::report) title: String,
}

/// How large a chart is, in pixels where it is shown at its own size.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in crate::report) struct Size {
    /// Its width.
    pub(in crate::report) width: u16,
    /// Its height.
    pub(in crate::report) height: u16,
    /// The class that shows it: `wide` on wide pages only, `narrow` on narrow ones, empty everywhere.
    pub(in crate::report) class: &'static str,
}

/// A chart: what it shows, in words and as series.
#[derive(Debug, Clone)]
pub(in crate::report) struct Chart {
    /// Unique within the page.
    pub(in crate::report) id: String,
    /// Its title.
    pub(in crate::report) title: String,
    /// What one sees, for those who do not see it.
    pub(in crate::report) description: String,
    /// Along the bottom.
    pub(in crate::report) x: Axis,
    /// Along the side.
    pub(in crate::report) y: Axis,
    /// What is drawn.
    pub(in crate::report) series: Vec<Series>,
}

/// Room around the plot.
const TOP: f64 = 30.0;
const RIGHT: f64 = 22.0;
const BOTTOM: f64 = 44.0;
const LEFT: f64 = 58.0;

/// Where the plot is within the chart.
#[derive(Clone, Copy)]
struct Frame {
    right: f64,
    bottom: f64,
}

impl Frame {
    fn x(self, place: f64) -> f64 {
        LEFT + place * (self.right - LEFT)
    }

    fn y(self, place: f64) -> f64 {
        self.bottom - place * (self.bottom - TOP)
    }
}

impl Chart {
    /// The chart as an SVG element.
    pub(in crate::report) fn svg(&self, size: Size) -> String {
        let frame = Frame {
            right: f64::from(size.width) - RIGHT,
            bottom: f64::from(size.height) - BOTTOM,
        };
        let id = format!("{}{}", self.id, size.class);
        let mut svg = format!(
            "<svg class=\"chart {}\" viewBox=\"0 0 {} {}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\">\n\
             <title id=\"{id}-t\">{}</title>\n<desc id=\"{id}-d\">{}</desc>\n",
            size.class,
            size.width,
            size.height,
            escaped(&self.title),
            escaped(&self.description),
        );
        self.axes(&mut svg, frame);
        for series in &self.series {
            let path = self.path(series, frame);
            if !path.is_empty() {
                svg.push_str(&format!(
                    "<path class=\"series {}\" d=\"{path}\"/>\n",
                    series.class
                ));
            }
        }
        svg.push_str("</svg>");
        svg
    }

    fn axes(&self, svg: &mut String, frame: Frame) {
        let (right, bottom) = (frame.right, frame.bottom);
        for tick in &self.y.ticks {
            let y = frame.y(self.y.scale.place(tick.at));
            svg.push_str(&format!(
                "<path class=\"grid\" d=\"M{LEFT} {y:.1}H{right:.1}\"/><text class=\"tick end\" x=\"{:.1}\" y=\"{:.1}\">{}</text>\n",
                LEFT - 8.0,
                y + 4.0,
                escaped(&tick.label),
            ));
        }
        for tick in &self.x.ticks {
            let x = frame.x(self.x.scale.place(tick.at));
            // A mark at the very end would stand half outside the chart.
            let (class, at) = if x > right - 4.0 {
                ("end", right + RIGHT - 1.0)
            } else {
                ("middle", x)
            };
            svg.push_str(&format!(
                "<path class=\"axis\" d=\"M{x:.1} {bottom:.1}v5\"/><text class=\"tick {class}\" x=\"{at:.1}\" y=\"{:.1}\">{}</text>\n",
                bottom + 19.0,
                escaped(&tick.label),
            ));
        }
        svg.push_str(&format!(
            "<path class=\"axis\" d=\"M{LEFT} {bottom:.1}H{right:.1}\"/>\n\
             <text class=\"name\" x=\"0\" y=\"12\">{}</text><text class=\"name end\" x=\"{right:.1}\" y=\"{:.1}\">{}</text>\n",
            escaped(&self.y.title),
            bottom + 38.0,
            escaped(&self.x.title),
        ));
    }

    fn path(&self, series: &Series, frame: Frame) -> String {
        let mut path = String::new();
        let mut drawing = false;
        for (i, point) in series.points.iter().enumerate() {
            let Some((x, y)) = point else {
                drawing = false;
                continue;
            };
            let (x, y) = (frame.x(self.x.scale.place(*x)), frame.y(self.y.scale.place(*y)));
            match series.mark {
                Mark::Line => {
                    // A point between two gaps is a dot, which a line of no length with round ends is.
                    let alone = !drawing && !matches!(series.points.get(i + 1), Some(Some(_)));
                    let letter = if drawing { 'L' } else { 'M' };
                    path.push_str(&format!("{letter}{x:.1} {y:.1}"));
                    if alone {
                        path.push_str("h0");
                    }
                }
                Mark::Bars(_) if y >= frame.bottom => {}
                Mark::Bars(moved) => {
                    let x = x + f64::from(moved);
                    path.push_str(&format!("M{x:.1} {:.1}V{y:.1}", frame.bottom));
                }
            }
            drawing = true;
        }
        path
    }
}

/// `text` without meaning to markup.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;")
        .replace('<', "&lt;")
        .replace('>', "&gt;")
        .replace('"', "&quot;")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn chart(mark: Mark, points: Vec<Option<(f64, f64)>>) -> String {
        let (scale, ticks) = Scale::from_zero(10.0, |it| format!("{it}"));
        let axis = |title: &str| Axis {
            scale,
            ticks: ticks.clone(),
            title: title.to_owned(),
        };
        let chart = Chart {
            id: "c".to_owned(),
            title: "a < b".to_owned(),
            description: "\"d\" & e".to_owned(),
            x: axis("x"),
            y: axis("y"),
            series: vec![Series {
                name: "one",
                class: "s1",
                mark,
                points,
            }],
        };
        chart.svg(Size {
            width: 280,
            height: 174,
            class: "",
        })
    }

    #[test]
    fn a_line_breaks_where_there_is_nothing_and_a_lone_point_is_a_dot() {
        let svg = chart(
            Mark::Line,
            vec![Some((0.0, 0.0)), Some((5.0, 5.0)), None, Some((10.0, 10.0)), None],
        );
        assert!(svg.contains("d=\"M58.0 130.0L158.0 80.0M258.0 30.0h0\""), "{svg}");
    }

    #[test]
    fn bars_of_nothing_are_not_drawn() {
        let svg = chart(Mark::Bars(1), vec![Some((0.0, 0.0)), Some((5.0, 5.0))]);
        assert!(svg.contains("d=\"M159.0 130.0V80.0\""), "{svg}");
    }

    #[test]
    fn names_are_text() {
        let svg = chart(Mark::Line, Vec::new());
        assert!(svg.contains("<title id=\"c-t\">a &lt; b</title>"), "{svg}");
        assert!(
            svg.contains("<desc id=\"c-d\">&quot;d&quot; &amp; e</desc>"),
            "{svg}"
        );
        assert!(!svg.contains("class=\"series"), "{svg}");
    }
}
