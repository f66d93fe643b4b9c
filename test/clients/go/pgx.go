// Asks the queries of queries.tsv through pgx, and prints the answers.
package main

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"os"
	"strings"

	"github.com/jackc/pgconn"
	"github.com/jackc/pgtype"
	"github.com/jackc/pgx/v4"
)

var background = context.Background()

func text(value interface{}) string {
	switch v := value.(type) {
	case nil:
		return "NULL"
	case []interface{}:
		var elements []string
		for _, element := range v {
			elements = append(elements, text(element))
		}
		return "[" + strings.Join(elements, ",") + "]"
	case pgtype.TextArray:
		var elements []string
		for _, element := range v.Elements {
			elements = append(elements, element.String)
		}
		return "[" + strings.Join(elements, ",") + "]"
	}
	return fmt.Sprint(value)
}

func ask(conn *pgx.Conn, sql string, parameters ...interface{}) (string, error) {
	result, err := conn.Query(background, sql, parameters...)
	if err != nil {
		return "", err
	}
	defer result.Close()
	var rows []string
	for result.Next() {
		values, err := result.Values()
		if err != nil {
			return "", err
		}
		var row []string
		for _, value := range values {
			row = append(row, text(value))
		}
		rows = append(rows, strings.Join(row, "|"))
	}
	return strings.Join(rows, " "), result.Err()
}

func describe(err error) string {
	var server *pgconn.PgError
	if !errors.As(err, &server) {
		return "ERROR: " + err.Error()
	}
	fields := "ERROR " + server.Code
	if server.Detail != "" {
		fields += " DETAIL"
	}
	if server.Hint != "" {
		fields += " HINT"
	}
	return fields + ": " + server.Message
}

func answer(conn *pgx.Conn, aspect string, question func() (string, error)) {
	if _, err := ask(conn, "SELECT 'plans of "+aspect+"'"); err != nil {
		panic(err)
	}
	answer, err := question()
	if err != nil {
		answer = describe(err)
	}
	fmt.Printf("%s\t%s\n", aspect, answer)
}

func answerQueries(conn *pgx.Conn, wanted string, suffix string) {
	queries, err := os.ReadFile("queries.tsv")
	if err != nil {
		panic(err)
	}
	for _, line := range strings.Split(strings.TrimSuffix(string(queries), "\n"), "\n") {
		query := strings.Split(line, "\t")
		aspect, parameter, sql := query[0], query[1], query[3]
		if wanted != "" && aspect != wanted {
			continue
		}
		var parameters []interface{}
		if strings.HasPrefix(parameter, "{") {
			parameters = append(parameters, strings.Split(strings.Trim(parameter, "{}"), ","))
		} else if parameter != "-" {
			parameters = append(parameters, parameter)
		}
		answer(conn, aspect+suffix, func() (string, error) { return ask(conn, sql, parameters...) })
	}
}

func copied(conn *pgx.Conn) (string, error) {
	in := strings.NewReader("1\tsyncfy:501\t{syncfy:100,syncfy:501}\n")
	if _, err := conn.PgConn().CopyFrom(background, in, "COPY job_log (id, status, history) FROM STDIN"); err != nil {
		return "", err
	}
	var out bytes.Buffer
	_, err := conn.PgConn().CopyTo(background, &out, "COPY (SELECT status, history FROM job_log WHERE id = 1) TO STDOUT")
	return strings.ReplaceAll(strings.TrimSpace(out.String()), "\t", "|"), err
}

// CopyFrom sends rows in binary. So do parameters, and results come, where the program says so.
func binary(conn *pgx.Conn) (string, error) {
	rows := pgx.CopyFromRows([][]interface{}{{2, "syncfy:501"}})
	if _, err := conn.CopyFrom(background, pgx.Identifier{"job_log"}, []string{"id", "status"}, rows); err != nil {
		return "", err
	}
	var status string
	err := conn.QueryRow(background, "SELECT status FROM job_log WHERE id = 2",
		pgx.QueryResultFormats{pgx.BinaryFormatCode}).Scan(&status)
	return status, err
}

func scan(conn *pgx.Conn) (string, error) {
	var history []string
	err := conn.QueryRow(background, "SELECT history FROM sync_jobs WHERE id = 1").Scan(&history)
	return "[" + strings.Join(history, ",") + "]", err
}

func oid(conn *pgx.Conn, name string) (oid uint32) {
	if err := conn.QueryRow(background, "SELECT $1::text::regtype::oid", name).Scan(&oid); err != nil {
		panic(err)
	}
	return oid
}

func main() {
	conn, err := pgx.Connect(background, "")
	if err != nil {
		panic(err)
	}
	fmt.Println("version\t" + os.Args[1])
	answerQueries(conn, "", "")
	answer(conn, "array into a slice", func() (string, error) { return scan(conn) })
	answer(conn, "COPY", func() (string, error) { return copied(conn) })
	answer(conn, "binary", func() (string, error) { return binary(conn) })
	fmt.Println("introspection\t-")

	statusOID, arrayOID := oid(conn, "status_code"), oid(conn, "status_code[]")
	conn.ConnInfo().RegisterDataType(pgtype.DataType{Value: &pgtype.Text{}, Name: "status_code", OID: statusOID})
	conn.ConnInfo().RegisterDataType(pgtype.DataType{Value: &pgtype.TextArray{}, Name: "_status_code", OID: arrayOID})
	answerQueries(conn, "array", " with the line")
	answer(conn, "array into a slice with the line", func() (string, error) { return scan(conn) })
	answer(conn, "binary with the line", func() (string, error) { return binary(conn) })
}
